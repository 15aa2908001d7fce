package dev.gatehouse.accounts.signin;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.errors.Unavailable;

/// Receives the result of each attempt to sign in that reaches [SignIn]. Implementations neither
/// wait nor throw. Thread-safe.
@FunctionalInterface
public interface SignInListener {
  /// Ignores every result.
  SignInListener NONE = _ -> {};

  /// The result of an attempt.
  enum Result {
    SUCCESS,
    INVALID_CREDENTIALS,
    RATE_LIMITED,
    UNAVAILABLE,
    ERROR;

    static Result of(Throwable thrown) {
      return thrown instanceof GatehouseException known ? of(known) : ERROR;
    }

    private static Result of(GatehouseException known) {
      if (known.code() == ErrorCode.INVALID_CREDENTIALS) {
        return INVALID_CREDENTIALS;
      }
      if (known.code() == ErrorCode.RATE_LIMITED) {
        return RATE_LIMITED;
      }
      return known instanceof Unavailable ? UNAVAILABLE : ERROR;
    }
  }

  /// An attempt has ended.
  void ended(Result result);
}
