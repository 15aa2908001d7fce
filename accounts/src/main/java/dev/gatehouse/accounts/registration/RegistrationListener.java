package dev.gatehouse.accounts.registration;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.errors.WrongCode;

/// Receives the result of each attempt to register that reaches [RegisterUser] or
/// [RegisterUserOnce]. A request that only repeats an earlier success has none. Implementations
/// neither wait nor throw. Thread-safe.
@FunctionalInterface
public interface RegistrationListener {
  /// Ignores every result.
  RegistrationListener NONE = _ -> {};

  /// The result of an attempt.
  enum Result {
    SUCCESS,
    /// The address has an account, or another request under the same idempotency key is in
    /// progress.
    TAKEN,
    INVALID,
    UNAVAILABLE,
    ERROR;

    static Result of(Throwable thrown) {
      return thrown instanceof GatehouseException known ? of(known) : ERROR;
    }

    private static Result of(GatehouseException known) {
      return switch (known) {
        case Refusal refusal -> of(refusal.code());
        case InvalidFields _, WrongCode _ -> INVALID;
        case Unavailable _ -> UNAVAILABLE;
        case Fault _ -> ERROR;
      };
    }

    private static Result of(ErrorCode code) {
      return switch (code) {
        case EMAIL_TAKEN, IDEMPOTENCY_IN_PROGRESS -> TAKEN;
        default -> INVALID;
      };
    }
  }

  /// An attempt has ended.
  void ended(Result result);
}
