package dev.gatehouse.postgres.database;

import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures how old a standby's data is. Several times within the bound it asks the primary how far
/// its log has been written, and the standby how far it has replayed it: once the standby has
/// passed a position that the primary was at when it was asked, its data is no older than that
/// question.
///
/// Unlike the standby's own time of the last replayed commit this needs no agreeing clocks, is
/// right while nothing is written, and shows a standby that no longer receives anything. A server
/// that has been promoted, or belongs to another cluster, counts as none.
final class ReplicationWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReplicationWatch.class);
  private static final Duration RAREST = Duration.ofSeconds(1);

  /// More marks than fit into the bound: one that is older is of no use.
  private static final int MOST_MARKS = 64;

  private static final Sql WRITTEN =
      Sql.of(
          """
          SELECT system_identifier,
            CASE WHEN NOT pg_is_in_recovery() THEN pg_current_wal_lsn() - '0/0'::pg_lsn END AS position
          FROM pg_control_system()
          """);

  private static final Sql REPLAYED =
      Sql.of(
          """
          SELECT system_identifier,
            CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() - '0/0'::pg_lsn END AS position
          FROM pg_control_system()
          """);

  private final Database primary;
  private final Database standby;
  private final long oldestNanos;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final PeriodicTask task;
  private final AtomicReference<Optional<Runnable>> whenReached =
      new AtomicReference<>(Optional.empty());
  private volatile Optional<Long> asOf = Optional.empty();
  private final long started = System.nanoTime();
  private Optional<Boolean> told = Optional.empty();

  private ReplicationWatch(
      Database primary, Database standby, Duration oldest, PeriodicTasks tasks) {
    this.primary = primary;
    this.standby = standby;
    this.oldestNanos = oldest.toNanos();
    Duration fourth = oldest.dividedBy(4);
    Duration interval = fourth.compareTo(RAREST) < 0 ? fourth : RAREST;
    this.task =
        tasks
            .task("replication")
            .every(interval)
            .reportsItself(Unavailable.class)
            .start(this::measureAndReport);
  }

  /// Where the primary was when it was asked.
  private record Mark(long nanos, Place place) {}

  /// A place in the log of a cluster.
  private record Place(long system, BigDecimal position) {
    boolean hasPassed(Place other) {
      return system == other.system && position.compareTo(other.position) >= 0;
    }
  }

  static ReplicationWatch start(
      Database primary, Database standby, Duration oldest, PeriodicTasks tasks) {
    return new ReplicationWatch(primary, standby, oldest, tasks);
  }

  /// Whether the standby's data is within the bound. Costs nothing.
  boolean isFresh() {
    return asOf.map(nanos -> System.nanoTime() - nanos <= oldestNanos).orElse(false);
  }

  /// Counts the standby as away until it has been measured again.
  void distrust() {
    asOf = Optional.empty();
  }

  /// Does something once, on the thread that watches, as soon as the standby responds.
  void whenReached(Runnable task) {
    whenReached.set(Optional.of(task));
  }

  @Override
  public void close() {
    task.close();
  }

  private void measureAndReport() {
    try {
      measure();
    } finally {
      report();
    }
  }

  private void measure() {
    long asked = System.nanoTime();
    ask(primary, WRITTEN).ifPresent(place -> marks.addLast(new Mark(asked, place)));
    if (marks.size() > MOST_MARKS) {
      marks.removeFirst();
    }
    Optional<Place> replayed = ask(standby, REPLAYED);
    if (replayed.isEmpty()) {
      distrust();
      return;
    }
    while (!marks.isEmpty() && replayed.get().hasPassed(marks.getFirst().place())) {
      asOf = Optional.of(marks.removeFirst().nanos());
    }
    whenReached.getAndSet(Optional.empty()).ifPresent(Runnable::run);
  }

  /// Empty when this server is not what it is asked as.
  private static Optional<Place> ask(Database server, Sql question) {
    return server
        .read(statements -> statements.query(question.call(), ReplicationWatch::place))
        .getFirst();
  }

  private static Optional<Place> place(ResultSet row) throws SQLException {
    long system = row.getLong("system_identifier");
    return Optional.ofNullable(row.getBigDecimal("position"))
        .map(position -> new Place(system, position));
  }

  private void report() {
    boolean fresh = isFresh();
    boolean early = System.nanoTime() - started < oldestNanos;
    if (told.equals(Optional.of(fresh)) || (!fresh && early)) {
      return;
    }
    told = Optional.of(fresh);
    if (fresh) {
      log.info("Searches are read from the standby");
      return;
    }
    log.warn(
        "The standby is away, promoted or more than {} ms behind; the primary is read",
        Duration.ofNanos(oldestNanos).toMillis());
  }
}
