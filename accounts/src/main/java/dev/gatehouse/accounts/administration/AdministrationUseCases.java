package dev.gatehouse.accounts.administration;

import dev.gatehouse.accounts.audit.Environment;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.GetUser;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.accounts.user.Users;

/// What administrators and operators do with the accounts of others.
public record AdministrationUseCases(
    SearchUsers search, GetUser get, AdministerUser administer, SetPassword setPassword) {
  /// The use cases on these stores.
  public static AdministrationUseCases over(
      Users users,
      Sessions sessions,
      Passwords passwords,
      Revocations revocations,
      Environment environment) {
    var audit = environment.audit();
    return new AdministrationUseCases(
        new SearchUsers(users),
        new GetUser(users),
        new AdministerUser(users, sessions, revocations, audit),
        new SetPassword(users, passwords.hasher(), passwords.policy(), revocations, audit));
  }
}
