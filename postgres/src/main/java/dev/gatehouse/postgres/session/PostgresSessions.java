package dev.gatehouse.postgres.session;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.session.NewSession;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.Rotation;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.session.SessionLifetime;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.postgres.cleanup.Cleanup;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import dev.gatehouse.postgres.database.Times;
import dev.gatehouse.postgres.revocation.SessionDeletion;
import dev.gatehouse.postgres.user.UserRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The store of sessions on PostgreSQL. One round trip for each call, except for a refresh token
/// that is not the current one.
public final class PostgresSessions implements Sessions {
  public static final Cleanup CLEANUP = new ExpiredSessions();

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
            idle_expires_at, expires_at, cleanup_on, user_agent, ip)
          SELECT :id, id, :token_hash, :generation, '{}', now(), now(),
            now() + least(
              :idle_ms * interval '1 millisecond', :absolute_ms * interval '1 millisecond'),
            now() + :absolute_ms * interval '1 millisecond',
            CAST(now() + least(
              :idle_ms * interval '1 millisecond', :absolute_ms * interval '1 millisecond')
              AS date) + 1,
            :user_agent, :ip
          FROM users
          WHERE id = :user AND status = 'active' AND password_hash = :verified
          FOR SHARE
          RETURNING id, user_id, created_at, last_used_at, idle_expires_at, expires_at, user_agent,
            ip
          """);

  @Override
  public Optional<Session> open(
      NewSession session, SessionLifetime lifetime, RefreshToken token, PasswordHash verified) {
    var call =
        OPEN.with("id", session.id().value())
            .and("user", session.user().value())
            .and("verified", verified.encoded())
            .and("token_hash", token.hash())
            .and("generation", token.generation())
            .and("idle_ms", lifetime.idle().toMillis())
            .and("absolute_ms", lifetime.absolute().toMillis())
            .and("user_agent", session.userAgent())
            .and("ip", session.ip());
    return database.write(statements -> statements.first(call, PostgresSessions::session));
  }

  /// The most first uses within the grace: anyone who rotates faster has to wait.
  static final int MOST_WITHIN_GRACE = 64;

  /// The times of first uses, newest first. None that is within the grace is ever dropped, so a
  /// generation without a time was first used before it. Sixteen are kept at rest and 64 at most,
  /// which bounds the row: the rotation that would drop one within the grace waits. A time further
  /// ahead than the grace was written before the clock was set back, and counts as long ago.
  private static final Sql ROTATE =
      Sql.of(
          """
          WITH s AS (
            UPDATE sessions
            SET token_hash = :next_hash, generation = generation + 1,
              rotations = array_prepend(
                now(),
                trim_array(
                  rotations,
                  greatest(
                    0,
                    cardinality(rotations) - CASE
                      WHEN rotations[16] > now() - :grace_ms * interval '1 millisecond' THEN 63
                      ELSE 15 END))),
              last_used_at = now(),
              idle_expires_at = least(now() + :idle_ms * interval '1 millisecond', expires_at)
            WHERE id = :id AND generation = :generation AND token_hash = :hash
              AND least(idle_expires_at, expires_at) > now()
              AND coalesce(
                rotations[64] NOT BETWEEN now() - :grace_ms * interval '1 millisecond'
                  AND now() + :grace_ms * interval '1 millisecond',
                true)
            RETURNING id, user_id, created_at, last_used_at, idle_expires_at, expires_at,
              user_agent, ip
          )
          SELECT s.id AS session_id, s.created_at AS session_created_at, s.last_used_at,
            s.idle_expires_at, s.expires_at, s.user_agent, s.ip, %s
          FROM s JOIN users u ON u.id = s.user_id
          WHERE u.status = 'active'
          """
              .formatted(UserRows.COLUMNS_OF_U));

  @Override
  public Rotation rotate(RefreshToken used, RefreshToken successor, Duration idle, Duration grace) {
    var call =
        ROTATE
            .with("id", used.session().value())
            .and("generation", used.generation())
            .and("hash", used.hash())
            .and("next_hash", successor.hash())
            .and("idle_ms", idle.toMillis())
            .and("grace_ms", grace.toMillis());
    return database.write(
        statements -> {
          Optional<Rotation> rotated = statements.first(call, PostgresSessions::continued);
          return rotated.isPresent() ? rotated.get() : repeated(statements, used, grace);
        });
  }

  /// A token that was not rotated: one that is not current, or is and has to wait. Generation g was
  /// first used when generation g + 1 came, and none that followed was used earlier: where the
  /// times say otherwise, or are ahead, the clock was set back and the use counts as long ago. The
  /// one that this waited for may have begun later, so that its time is ahead of `now()`.
  private static final Sql USED_BEFORE =
      Sql.of(
          """
          SELECT s.id AS session_id, s.created_at AS session_created_at, s.last_used_at,
            s.idle_expires_at, s.expires_at, s.user_agent, s.ip, %s,
            coalesce(
              s.rotations[s.generation - :generation]
                <= now() + :grace_ms * interval '1 millisecond'
              AND now() - :grace_ms * interval '1 millisecond'
                < ALL (s.rotations[1 : s.generation - :generation]),
              false) AS within_grace,
            s.generation = :generation AS is_current
          FROM sessions s JOIN users u ON u.id = s.user_id
          WHERE s.id = :id AND u.status = 'active'
            AND (s.generation > :generation
              OR s.generation = :generation AND s.token_hash = :hash)
            AND least(s.idle_expires_at, s.expires_at) > now()
          """
              .formatted(UserRows.COLUMNS_OF_U));

  private static Rotation repeated(Statements statements, RefreshToken used, Duration grace)
      throws SQLException {
    var call =
        USED_BEFORE
            .with("id", used.session().value())
            .and("generation", used.generation())
            .and("hash", used.hash())
            .and("grace_ms", grace.toMillis());
    Optional<Rotation> found = statements.first(call, PostgresSessions::notRotated);
    if (found.isPresent() && found.get() instanceof Rotation.Reused(var session, var user)) {
      SessionDeletion.live(statements, user, session);
    }
    return found.orElseGet(Rotation.Gone::new);
  }

  private static Rotation notRotated(ResultSet row) throws SQLException {
    if (row.getBoolean("is_current")) {
      return new Rotation.TooFrequent();
    }
    return row.getBoolean("within_grace") ? continued(row) : reused(row);
  }

  private static final Sql FIND =
      Sql.of(
          """
          SELECT id, user_id, created_at, last_used_at, idle_expires_at, expires_at, user_agent, ip
          FROM sessions
          WHERE id = :id AND least(idle_expires_at, expires_at) > now()
          """);

  @Override
  public Optional<Session> find(SessionId id) {
    var call = FIND.with("id", id.value());
    return database.read(statements -> statements.first(call, PostgresSessions::session));
  }

  private static final Sql LIST =
      Sql.of(
          """
          SELECT id, user_id, created_at, last_used_at, idle_expires_at, expires_at, user_agent, ip
          FROM sessions
          WHERE user_id = :user AND least(idle_expires_at, expires_at) > now()
          ORDER BY last_used_at DESC, id DESC
          LIMIT 200
          """);

  @Override
  public List<Session> list(UserId user) {
    var call = LIST.with("user", user.value());
    return database.read(statements -> statements.query(call, PostgresSessions::session));
  }

  @Override
  public boolean end(UserId user, SessionId id) {
    return database.write(statements -> SessionDeletion.live(statements, user, id));
  }

  @Override
  public List<SessionId> endAll(UserId user) {
    return database.write(statements -> SessionDeletion.all(statements, user));
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

  private static Rotation continued(ResultSet row) throws SQLException {
    User user = UserRows.user(row);
    var session =
        new Session(
            new SessionId(row.getObject("session_id", UUID.class)),
            user.id(),
            Times.instant(row, "session_created_at"),
            Times.instant(row, "last_used_at"),
            Times.instant(row, "idle_expires_at"),
            Times.instant(row, "expires_at"),
            row.getString("user_agent"),
            row.getString("ip"));
    return new Rotation.Continued(session, user);
  }

  private static Rotation reused(ResultSet row) throws SQLException {
    return new Rotation.Reused(
        new SessionId(row.getObject("session_id", UUID.class)),
        new UserId(row.getObject("id", UUID.class)));
  }
}
