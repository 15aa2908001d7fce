package dev.gatehouse.accounts.flow;

import dev.gatehouse.accounts.audit.Environment;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.signin.Authenticate;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.accounts.user.Users;

/// What people do with codes and links from mails.
public record FlowUseCases(CompleteFlow complete) {
  /// The use cases on these stores.
  public static FlowUseCases over(
      Flows flows,
      CodeHashes hashes,
      Users users,
      Authenticate authenticate,
      Passwords passwords,
      Revocations revocations,
      Environment environment) {
    return new FlowUseCases(
        new CompleteFlow(
            flows, hashes, users, authenticate, passwords, revocations, environment.audit()));
  }
}
