package dev.gatehouse.accounts.profile;

import dev.gatehouse.accounts.audit.Environment;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.signin.Authenticate;
import dev.gatehouse.accounts.user.GetUser;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.accounts.user.Users;

/// What users do with their own account.
public record ProfileUseCases(
    GetUser get, UpdateProfile update, ChangePassword changePassword, DeleteAccount delete) {
  /// The use cases on these stores.
  public static ProfileUseCases over(
      Users users,
      Authenticate authenticate,
      Passwords passwords,
      Revocations revocations,
      Environment environment) {
    var audit = environment.audit();
    return new ProfileUseCases(
        new GetUser(users),
        new UpdateProfile(users, authenticate, audit),
        new ChangePassword(
            users, authenticate, passwords.hasher(), passwords.policy(), revocations, audit),
        new DeleteAccount(users, authenticate, revocations, audit));
  }
}
