package dev.gatehouse.accounts.signin;

import dev.gatehouse.errors.Unavailable;
import java.util.List;

/// From where an account has signed in, as every instance sees it. Thread-safe.
@FunctionalInterface
public interface SignInAddresses {
  /// Knows of none.
  SignInAddresses NONE = _ -> List.of();

  /// The client addresses of the account's open sessions and of its latest sign-ins, 200 of each at
  /// most, in no order.
  ///
  /// @param account the account's compared address, whether or not such an account exists
  /// @throws Unavailable when the store cannot serve
  List<String> of(String account);
}
