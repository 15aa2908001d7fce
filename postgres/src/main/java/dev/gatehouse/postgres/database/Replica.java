package dev.gatehouse.postgres.database;

import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A streaming standby that serves what may be a moment old. Owns its own pool. Whatever cannot be
/// read there, because it is too far behind, away, promoted, or cancels the query for the sake of
/// replication, is read from the primary. Thread-safe.
///
/// How old a result can be is measured, not assumed: see [ReplicationWatch].
public final class Replica implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Replica.class);

  private final Database primary;
  private final Database standby;
  private final ReplicationWatch watch;

  private Replica(Database primary, Database standby, ReplicationWatch watch) {
    this.primary = primary;
    this.standby = standby;
    this.watch = watch;
  }

  /// Opens the pool and begins to measure. Waits for neither server.
  ///
  /// @param settings where the standby is
  /// @param primary what is read otherwise; stays the caller's
  /// @param oldest how old a result may be
  public static Replica open(
      PostgresSettings settings, Database primary, Duration oldest, PeriodicTasks tasks) {
    var standby = Database.openStandby(settings, tasks);
    return new Replica(primary, standby, ReplicationWatch.start(primary, standby, oldest, tasks));
  }

  /// Does something with the standby once it responds, on another thread.
  public void whenReached(Consumer<Database> task) {
    watch.whenReached(() -> task.accept(standby));
  }

  /// Does work of a single query on data that may be as old as was agreed.
  public <T> T read(Database.Work<T> work) {
    if (!watch.isFresh()) {
      return primary.read(work);
    }
    try {
      return standby.read(work);
    } catch (Unavailable away) {
      log.debug("Standby did not respond; reading from the primary", away);
      watch.distrust();
      return primary.read(work);
    }
  }

  /// Whether reads go to the standby at this moment.
  boolean inUse() {
    return watch.isFresh();
  }

  @Override
  public void close() {
    watch.close();
    standby.close();
  }
}
