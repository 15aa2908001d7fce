package dev.gatehouse.postgres.cleanup;

import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.resilience.clock.ClockGate;
import dev.gatehouse.resilience.clock.SharedClock;
import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs every [Cleanup] once a minute. Each statement takes a few hundred rows, found by index, and
/// skips rows that others hold, so that no request waits for it; any number of instances may sweep
/// at once.
public final class Sweeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration INTERVAL =
      Duration.ofMillis(Long.getLong("gatehouse.sweep.interval-ms", 60_000));
  public static final int BATCH = 500;

  /// Bounds one sweep; what is left over is for the next.
  public static final int BATCHES = 200;

  private final PeriodicTask task;

  private Sweeper(PeriodicTask task) {
    this.task = task;
  }

  /// Starts to sweep once a minute, as long as the clocks of this instance and of the database
  /// agree.
  ///
  /// @param cleanups what to run, in this order
  public static Sweeper start(
      Database database, List<Cleanup> cleanups, SharedClock clock, PeriodicTasks tasks) {
    var gate = new ClockGate("Cleanup", clock::agrees, log::warn);
    return new Sweeper(
        tasks
            .task("cleanup")
            .every(INTERVAL)
            .delayed()
            .start(() -> log.debug("Removed {} rows", turn(database, cleanups, clock, gate))));
  }

  /// Sweeps once, now. What has expired is decided by the database's clock.
  ///
  /// @param here a clock of this instance; statements remove nothing unless the database's agrees
  ///     with it
  /// @return how many rows were removed
  public static int sweep(Database database, List<Cleanup> cleanups, InstantSource here) {
    return cleanups.stream().mapToInt(cleanup -> cleanup.sweep(database, here)).sum();
  }

  @Override
  public void close() {
    task.close();
  }

  private static int turn(
      Database database, List<Cleanup> cleanups, SharedClock clock, ClockGate gate) {
    return gate.open()
        ? sweep(database, cleanups, clock)
        : cleanups.stream().mapToInt(cleanup -> cleanup.trim(database)).sum();
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
