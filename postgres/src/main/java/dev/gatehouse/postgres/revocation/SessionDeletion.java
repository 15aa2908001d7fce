package dev.gatehouse.postgres.revocation;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Ends sessions: in one statement the rows go and the revocations that make every instance refuse
/// their access tokens come.
///
/// A sign-in locks the row of its user while it adds a session. So a change that must leave no
/// session behind locks that row first, and then comes here with a second statement, whose snapshot
/// shows what any sign-in added before the lock was got.
public final class SessionDeletion {
  private static final Sql END_ONE =
      Sql.of(
          """
          WITH ended AS (
            DELETE FROM sessions
            WHERE id = :id AND user_id = :user AND least(idle_expires_at, expires_at) > now()
            RETURNING id
          )
          INSERT INTO revocations (session_id)
          SELECT id FROM ended
          """);

  private static final Sql END_ALL =
      Sql.of(
          """
          WITH ended AS (
            DELETE FROM sessions
            WHERE user_id = :user
            RETURNING id
          )
          INSERT INTO revocations (session_id)
          SELECT id FROM ended
          RETURNING session_id
          """);

  private static final Sql END_ALL_BUT_ONE =
      Sql.of(
          """
          WITH ended AS (
            DELETE FROM sessions
            WHERE user_id = :user AND id <> :kept
            RETURNING id
          )
          INSERT INTO revocations (session_id)
          SELECT id FROM ended
          RETURNING session_id
          """);

  private SessionDeletion() {}

  /// Ends a session of the user that is live.
  ///
  /// @return whether there was one
  public static boolean live(Statements statements, UserId user, SessionId id) throws SQLException {
    var call = END_ONE.with("id", id.value()).and("user", user.value());
    return statements.update(call) == 1;
  }

  public static List<SessionId> all(Statements statements, UserId user) throws SQLException {
    return ended(statements, END_ALL.with("user", user.value()));
  }

  public static List<SessionId> allBut(Statements statements, UserId user, Optional<SessionId> kept)
      throws SQLException {
    return kept.isEmpty()
        ? all(statements, user)
        : ended(
            statements, END_ALL_BUT_ONE.with("user", user.value()).and("kept", kept.get().value()));
  }

  private static List<SessionId> ended(Statements statements, Sql.Call call) throws SQLException {
    return statements.query(call, row -> new SessionId(row.getObject("session_id", UUID.class)));
  }
}
