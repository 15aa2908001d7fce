package dev.gatehouse.accounts.signin;

import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.errors.Unavailable;

/// Says how often an account's password may be tried. Anyone who guesses is slowed down; the owner,
/// at an address that signed in before or in a session, is not held liable for it. Accounts that do
/// not exist are limited like those that do. Bounded memory; thread-safe.
public interface SignInLimits {
  /// Everything is allowed.
  SignInLimits NONE =
      new SignInLimits() {
        @Override
        public void signingIn(String account, Origin origin) {}

        @Override
        public void confirming(UserId user, Origin origin) {}

        @Override
        public void succeeded(String account, String ip) {}
      };

  /// Counts an attempt to sign in.
  ///
  /// @param account the account's compared address, or what was given instead of one
  /// @param origin where the attempt comes from
  /// @throws Unavailable `RATE_LIMITED` when it may not be made now
  void signingIn(String account, Origin origin);

  /// Counts an attempt of someone signed in to prove the password.
  ///
  /// @throws Unavailable `RATE_LIMITED` when it may not be made now
  void confirming(UserId user, Origin origin);

  /// An attempt from this address proved the password.
  void succeeded(String account, String ip);
}
