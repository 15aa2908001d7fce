package dev.gatehouse.postgres;

import dev.gatehouse.accounts.model.PasswordHash;
import dev.gatehouse.accounts.model.RefreshToken;
import dev.gatehouse.accounts.model.Session;
import dev.gatehouse.accounts.model.SessionId;
import dev.gatehouse.accounts.model.Sessions;
import dev.gatehouse.accounts.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The store of sessions on PostgreSQL. One round trip for each call.
public final class PostgresSessions implements Sessions {
  private final Database database;

  public PostgresSessions(Database database) {
    this.database = database;
  }

  /// The lock makes this wait for a change of the user that is under way, and then look at the row
  /// again; a change that comes later waits for this and finds the new session.
  private static final Sql OPEN =
      Sql.of(
          """
          INSERT INTO sessions (
            id, user_id, token_hash, generation, rotations, created_at, last_used_at,
            idle_expires_at, expires_at, user_agent, ip)
          SELECT :id, id, :token_hash, :generation, '{}', :created_at::timestamptz,
            :last_used_at::timestamptz, :idle_expires_at::timestamptz, :expires_at::timestamptz,
            :user_agent, :ip
          FROM users
          WHERE id = :user AND status = 'active' AND password_hash = :verified
          FOR SHARE
          """);

  @Override
  public boolean open(Session session, RefreshToken token, PasswordHash verified) {
    var call =
        OPEN.with("id", session.id().value())
            .and("user", session.user().value())
            .and("verified", verified.encoded())
            .and("token_hash", token.hash())
            .and("generation", token.generation())
            .and("created_at", session.createdAt())
            .and("last_used_at", session.lastUsedAt())
            .and("idle_expires_at", session.idleExpiresAt())
            .and("expires_at", session.expiresAt())
            .and("user_agent", session.userAgent())
            .and("ip", session.ip());
    return database.write(statements -> statements.update(call)) == 1;
  }

  private static final Sql FIND =
      Sql.of(
          """
          SELECT id, user_id, created_at, last_used_at, idle_expires_at, expires_at, user_agent, ip
          FROM sessions
          WHERE id = :id AND least(idle_expires_at, expires_at) > :at
          """);

  @Override
  public Optional<Session> find(SessionId id, Instant at) {
    var call = FIND.with("id", id.value()).and("at", at);
    return database.read(statements -> statements.first(call, PostgresSessions::session));
  }

  private static final Sql LIST =
      Sql.of(
          """
          SELECT id, user_id, created_at, last_used_at, idle_expires_at, expires_at, user_agent, ip
          FROM sessions
          WHERE user_id = :user AND least(idle_expires_at, expires_at) > :at
          ORDER BY last_used_at DESC, id DESC
          LIMIT 200
          """);

  @Override
  public List<Session> list(UserId user, Instant at) {
    var call = LIST.with("user", user.value()).and("at", at);
    return database.read(statements -> statements.query(call, PostgresSessions::session));
  }

  private static final Sql END =
      Sql.of(
          """
          WITH ended AS (
            DELETE FROM sessions
            WHERE id = :id AND user_id = :user AND least(idle_expires_at, expires_at) > :at
            RETURNING id
          )
          INSERT INTO revocations (session_id)
          SELECT id FROM ended
          """);

  @Override
  public boolean end(UserId user, SessionId id, Instant at) {
    var call = END.with("id", id.value()).and("user", user.value()).and("at", at);
    return database.write(statements -> statements.update(call)) == 1;
  }

  @Override
  public List<SessionId> endAll(UserId user, Instant at) {
    return database.write(statements -> EndedSessions.all(statements, user));
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        new SessionId(row.getObject("id", UUID.class)),
        new UserId(row.getObject("user_id", UUID.class)),
        Times.instant(row, "created_at"),
        Times.instant(row, "last_used_at"),
        Times.instant(row, "idle_expires_at"),
        Times.instant(row, "expires_at"),
        row.getString("user_agent"),
        row.getString("ip"));
  }
}
