package dev.gatehouse.postgres.cleanup;

import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.resilience.clock.ClockGate;
import dev.gatehouse.resilience.clock.SharedClock;
import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what no one asks for any more: expired sessions, old revocations, changes and
/// registrations, and audit events beyond what is kept. Each statement takes a few hundred rows,
/// found by index and passing over rows someone else holds, so that no request waits for it; any
/// number of instances may sweep at once.
public final class Sweeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration INTERVAL =
      Duration.ofMillis(Long.getLong("gatehouse.sweep.interval-ms", 60_000));
  private static final int BATCH = 500;

  /// Bounds one sweep; what is left over is for the next.
  private static final int BATCHES = 200;

  private static final Sql OLD_REVOCATIONS =
      BatchDeletion.byClock(
          "revocations", "revoked_at", "revoked_at <= now() - :kept_ms * interval '1 millisecond'");

  /// An hour more than they count for. A claim that seems to last was made before the clock was set
  /// back.
  private static final Sql OLD_REGISTRATIONS =
      BatchDeletion.byClock(
          "registrations",
          "registered_at",
          """
          registered_at <= now() - interval '25 hours'
          AND coalesce(claimed_until NOT BETWEEN now() AND now() + interval '1 hour', true)
          """);

  /// An hour more than the longest life of a cached user.
  private static final Sql OLD_CHANGES =
      BatchDeletion.byClock(
          "user_changes", "changed_at", "changed_at <= now() - interval '25 hours'");

  private final PeriodicTask task;

  private Sweeper(PeriodicTask task) {
    this.task = task;
  }

  /// Starts to sweep once a minute, as long as the clocks of this instance and of the database
  /// agree.
  ///
  /// @param kept how long a revocation matters: twice the life of an access token is plenty
  public static Sweeper start(
      Database database, Duration kept, SharedClock clock, PeriodicTasks tasks) {
    var gate = new ClockGate("Cleanup", clock::agrees, log::warn);
    return new Sweeper(
        tasks
            .task("cleanup")
            .every(INTERVAL)
            .delayed()
            .start(() -> log.debug("Removed {} rows", turn(database, kept, clock, gate))));
  }

  /// Sweeps once, now. What has expired is decided by the database's clock.
  ///
  /// @param here a clock of this instance; statements remove nothing unless the database's agrees
  ///     with it
  /// @return how many rows were removed
  public static int sweep(Database database, Duration kept, InstantSource here) {
    return ExpiredSessions.delete(database, here, BATCH, BATCHES)
        + removeAll(
            database, () -> at(OLD_REVOCATIONS, here).and("kept_ms", kept.toMillis()), BATCH)
        + removeAll(database, () -> at(OLD_REGISTRATIONS, here), BATCH)
        + removeAll(database, () -> at(OLD_CHANGES, here), BATCH)
        + AuditRetention.STANDARD.sweep(database, here, BATCH);
  }

  private static Sql.Call at(Sql statement, InstantSource here) {
    return statement.with("here", here.instant()).and("batch", BATCH);
  }

  @Override
  public void close() {
    task.close();
  }

  /// The number of audit events is bounded whatever the clocks say.
  private static int turn(Database database, Duration kept, SharedClock clock, ClockGate gate) {
    return gate.open()
        ? sweep(database, kept, clock)
        : AuditRetention.STANDARD.trim(database, BATCH);
  }

  /// Repeats a statement until it finds less than a batch to remove.
  ///
  /// @param call made for each round, with the time of that round
  static int removeAll(Database database, Supplier<Sql.Call> call, int batch) {
    int removed = 0;
    for (int round = 0; round < BATCHES; round++) {
      Sql.Call next = call.get();
      int now = database.write(statements -> statements.update(next));
      removed += now;
      if (now < batch) {
        return removed;
      }
    }
    return removed;
  }
}
