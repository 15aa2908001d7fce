package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.signin.SignedIn;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.ErrorCode;
import java.util.OptionalLong;

/// The use cases over a store, and short forms for what users do.
interface AccountActions {
  /// The password of registered users.
  String PASSWORD = "correct horse battery";

  /// Another password.
  String OTHER_PASSWORD = "staple of another kind";

  /// The use cases over the store under test.
  UseCases cases();

  /// The store under test; may hold other users.
  Users users();

  /// The sessions of the same store.
  Sessions sessions();

  default SignedIn signIn(User user, String password) {
    return cases().signIn.signIn(user.email().value(), password, Sample.ORIGIN);
  }

  default SignedIn refresh(SignedIn signedIn) {
    return cases().refreshSession.refresh(signedIn.refreshToken().encoded(), Sample.ORIGIN);
  }

  default void refusedSignIn(String email, String password) {
    assertRefused(
        ErrorCode.INVALID_CREDENTIALS, () -> cases().signIn.signIn(email, password, Sample.ORIGIN));
  }

  default User moveTo(UserId id, String email, String password) {
    return cases()
        .updateProfile
        .changeEmail(id, email, password, OptionalLong.empty(), Sample.ORIGIN);
  }

  default void disable(User user) {
    users()
        .update(
            new User(
                user.id(),
                user.email(),
                user.profile(),
                user.emailVerified(),
                UserStatus.DISABLED,
                user.roles(),
                user.createdAt(),
                user.updatedAt(),
                user.version() + 1));
  }
}
