package dev.gatehouse.accounts.session;

import dev.gatehouse.accounts.audit.Environment;

/// What users do with their sessions.
public record SessionUseCases(ListSessions list, SignOut signOut) {
  /// The use cases on these stores.
  public static SessionUseCases over(
      Sessions sessions, Revocations revocations, Environment environment) {
    return new SessionUseCases(
        new ListSessions(sessions), new SignOut(sessions, revocations, environment.audit()));
  }
}
