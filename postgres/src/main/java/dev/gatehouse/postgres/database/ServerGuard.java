package dev.gatehouse.postgres.database;

import dev.gatehouse.errors.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Refuses a server that is behind what was seen of its database: an old primary that was started
/// again after a failover, or a copy of its files. Each new connection is checked before its first
/// use, and the monitor of the server checks ten times a second, so that nothing is written to a
/// server that takes the place of another one. Thread-safe.
///
/// Checks nothing before [#arm()], and nothing on a server that does not tell its position.
public final class ServerGuard {
  private static final Logger log = LoggerFactory.getLogger(ServerGuard.class);

  /// Insufficient privilege, undefined function, feature not supported: some managed servers.
  private static final Set<String> NOT_TOLD = Set.of("42501", "42883", "0A000");

  private static final String UNDEFINED_TABLE = "42P01";

  private static final Sql POSITION =
      Sql.of(
          """
          SELECT system_identifier AS system,
            epoch,
            beats,
            CAST(CAST('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) AS bit(32))
              AS integer) AS timeline,
            CAST(pg_current_wal_flush_lsn() - CAST('0/0' AS pg_lsn) AS bigint) AS flushed
          FROM pg_control_system(), database_epochs
          WHERE id = 1 AND NOT pg_is_in_recovery()
          """);

  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean armed;
  private volatile @Nullable ServerPosition seen;
  private volatile @Nullable String refused;

  /// Starts to check. The schema must be up to date.
  public void arm() {
    armed = true;
  }

  /// Checks a connection, if the guard is armed.
  ///
  /// @return whether the server responded to a query
  /// @throws SQLException when the server is behind, or does not respond
  boolean check(Connection connection) throws SQLException {
    if (!armed) {
      return false;
    }
    // What was seen before the query: a later position may be seen while it runs.
    ServerPosition before = seen;
    try {
      Optional<ServerPosition> position = read(connection);
      if (position.isPresent()) {
        require(position.get(), before);
      }
      return true;
    } catch (SQLException failure) {
      return explained(failure);
    }
  }

  /// Learns what other instances have seen, and lets them learn what this one has.
  public void exchange(SharedPosition shared) {
    if (!armed) {
      return;
    }
    SharedPosition.Reading reading = shared.read();
    if (!reading.responded()) {
      return;
    }
    Optional<ServerPosition> theirs = reading.position();
    ServerPosition ours = theirs.map(this::learn).orElse(seen);
    if (ours != null && !theirs.equals(Optional.of(ours))) {
      shared.write(ours);
    }
  }

  /// Why the server is refused; empty when it is not.
  public Optional<String> refusal() {
    return Optional.ofNullable(refused);
  }

  /// For the readiness check.
  ///
  /// @throws Unavailable with the reason, while the server is refused
  public void requireCurrent() {
    String reason = refused;
    if (reason != null) {
      throw Unavailable.dependency(new ServerBehind(reason));
    }
  }

  private static Optional<ServerPosition> read(Connection connection) throws SQLException {
    return new Statements(connection)
        .first(
            POSITION.call(),
            row ->
                new ServerPosition(
                    row.getLong("system"),
                    row.getLong("epoch"),
                    row.getInt("timeline"),
                    row.getLong("beats"),
                    row.getLong("flushed")));
  }

  private void require(ServerPosition position, @Nullable ServerPosition before)
      throws ServerBehind {
    Optional<String> lack = before == null ? Optional.empty() : position.lacks(before);
    if (lack.isPresent()) {
      throw behind(lack.get());
    }
    lock.lock();
    try {
      ServerPosition latest = seen;
      if (latest == null) {
        seen = position;
      } else if (position.lacks(latest).isEmpty()) {
        report(latest, position);
        seen = position;
      }
    } finally {
      lock.unlock();
    }
  }

  /// What others have seen counts, unless it lacks nothing of what was seen here.
  private ServerPosition learn(ServerPosition theirs) {
    lock.lock();
    try {
      ServerPosition ours = seen;
      if (ours == null || ours.lacks(theirs).isPresent()) {
        seen = theirs;
        return theirs;
      }
      return ours;
    } finally {
      lock.unlock();
    }
  }

  /// The monitor has judged the server.
  ///
  /// @param failure why it is refused; null while it is not
  void judged(@Nullable ServerBehind failure) {
    refused = failure == null ? null : failure.getMessage();
  }

  private static ServerBehind behind(String lack) {
    return new ServerBehind(
        "this PostgreSQL is behind what was seen of the database: "
            + lack
            + "; start the current primary, or run \"gatehouse database accept\" if this one is to be"
            + " used from now on");
  }

  private static void report(ServerPosition before, ServerPosition now) {
    if (now.epoch() > before.epoch()) {
      log.atInfo().addKeyValue("epoch", now.epoch()).log("Database accepted; its epoch was raised");
    } else if (now.timeline() > before.timeline()) {
      log.atWarn()
          .addKeyValue("timeline", now.timeline())
          .addKeyValue("lost_bytes", now.lostSince(before))
          .log("PostgreSQL was promoted; writes in the lost bytes of its log are undone");
    }
  }

  /// What a failed query says of the server.
  private boolean explained(SQLException failure) throws SQLException {
    String state = String.valueOf(failure.getSQLState());
    if (state.equals(UNDEFINED_TABLE) && seen != null) {
      throw behind("it lacks the table database_epochs");
    }
    if (NOT_TOLD.contains(state) || state.equals(UNDEFINED_TABLE)) {
      armed = false;
      log.warn(
          "PostgreSQL does not tell its position; a server that is behind is not detected: {}",
          failure.getMessage());
      return true;
    }
    throw failure;
  }
}
