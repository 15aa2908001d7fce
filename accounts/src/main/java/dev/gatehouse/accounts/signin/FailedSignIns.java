package dev.gatehouse.accounts.signin;

import dev.gatehouse.accounts.password.PasswordHasher.Trust;

/// What is remembered of recent attempts to prove a password, to decide who waits behind whom. It
/// refuses no one by itself. Works in bounded memory and never waits; thread-safe.
public interface FailedSignIns {
  /// Keeps nothing: everybody is in good standing.
  FailedSignIns NONE =
      new FailedSignIns() {
        @Override
        public Trust standing(String account, String ip) {
          return Trust.NORMAL;
        }

        @Override
        public void failed(String account, String ip) {}

        @Override
        public void succeeded(String account, String ip) {}
      };

  /// How an attempt on this account from this address is to be treated. An address that has
  /// recently signed in to the account is not held liable for what others do to the account.
  ///
  /// @param account the account's compared address, whether or not such an account exists
  /// @param ip the client's address
  Trust standing(String account, String ip);

  /// The attempt failed.
  void failed(String account, String ip);

  /// The attempt succeeded.
  void succeeded(String account, String ip);
}
