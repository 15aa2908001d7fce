package dev.gatehouse.accounts.signin;

import dev.gatehouse.errors.Unavailable;
import java.util.List;

/// From where an account is signed in, as every instance sees it. Thread-safe.
@FunctionalInterface
public interface SignInAddresses {
  /// Knows of none.
  SignInAddresses NONE = _ -> List.of();

  /// The client addresses of the account's open sessions, the newest sessions first, 200 at most.
  ///
  /// @param account the account's compared address, whether or not such an account exists
  /// @throws Unavailable when the store cannot serve
  List<String> of(String account);
}
