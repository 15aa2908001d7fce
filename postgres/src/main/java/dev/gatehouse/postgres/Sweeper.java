package dev.gatehouse.postgres;

import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what nobody asks for any more: expired sessions, old revocations, changes and registrations,
/// and audit events beyond what is kept. Each statement takes a
/// few hundred rows, found by index and passing over rows somebody else holds, so that no request waits
/// for it; any number of instances may sweep at once.
public final class Sweeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int BATCH = 500;

  /// An hour more than they count for, whatever the instances' clocks say.
  private static final Duration REGISTRATIONS_KEPT = Duration.ofHours(25);

  /// Bounds one sweep; what is left over is for the next.
  private static final int BATCHES = 200;

  /// Rows are taken by their place, which holds while they are locked: joining by key, the server would
  /// rather read the whole table.
  private static final Sql EXPIRED_SESSIONS =
      Sql.of(
          """
          DELETE FROM sessions
          WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM sessions
            WHERE least(idle_expires_at, expires_at) <= :now
            ORDER BY least(idle_expires_at, expires_at)
            LIMIT :batch
            FOR UPDATE SKIP LOCKED))
          """);

  private static final Sql OLD_REVOCATIONS =
      Sql.of(
          """
          DELETE FROM revocations
          WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM revocations
            WHERE revoked_at <= now() - :kept_ms * interval '1 millisecond'
            ORDER BY revoked_at
            LIMIT :batch
            FOR UPDATE SKIP LOCKED))
          """);

  private static final Sql OLD_REGISTRATIONS =
      Sql.of(
          """
          DELETE FROM registrations
          WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM registrations
            WHERE registered_at <= :before
              AND coalesce(claimed_until <= clock_timestamp(), true)
            ORDER BY registered_at
            LIMIT :batch
            FOR UPDATE SKIP LOCKED))
          """);

  /// An hour more than the longest life of a cached user.
  private static final Sql OLD_CHANGES =
      Sql.of(
          """
          DELETE FROM user_changes
          WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM user_changes
            WHERE changed_at <= now() - interval '25 hours'
            ORDER BY changed_at
            LIMIT :batch
            FOR UPDATE SKIP LOCKED))
          """);

  private final PeriodicTask task;

  private Sweeper(PeriodicTask task) {
    this.task = task;
  }

  /// Starts to sweep once a minute.
  ///
  /// @param kept how long a revocation matters: twice the life of an access token is plenty
  public static Sweeper start(
      Database database, Duration kept, InstantSource time, PeriodicTasks tasks) {
    return new Sweeper(
        tasks
            .task("cleanup")
            .every(INTERVAL)
            .delayed()
            .start(() -> log.debug("Removed {} rows", sweep(database, kept, time))));
  }

  /// Sweeps once, now.
  ///
  /// @return how many rows were removed
  static int sweep(Database database, Duration kept, InstantSource time) {
    var sessions = EXPIRED_SESSIONS.with("now", time.instant()).and("batch", BATCH);
    var revocations = OLD_REVOCATIONS.with("kept_ms", kept.toMillis()).and("batch", BATCH);
    var registrations =
        OLD_REGISTRATIONS
            .with("before", time.instant().minus(REGISTRATIONS_KEPT))
            .and("batch", BATCH);
    return removeAll(database, sessions, BATCH)
        + removeAll(database, revocations, BATCH)
        + removeAll(database, registrations, BATCH)
        + removeAll(database, OLD_CHANGES.with("batch", BATCH), BATCH)
        + AuditRetention.STANDARD.sweep(database, time, BATCH);
  }

  @Override
  public void close() {
    task.close();
  }

  /// Repeats a statement until it finds less than a batch to remove.
  static int removeAll(Database database, Sql.Call call, int batch) {
    int removed = 0;
    for (int round = 0; round < BATCHES; round++) {
      int now = database.write(statements -> statements.update(call));
      removed += now;
      if (now < batch) {
        return removed;
      }
    }
    return removed;
  }
}
