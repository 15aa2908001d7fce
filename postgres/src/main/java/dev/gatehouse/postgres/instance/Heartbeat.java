package dev.gatehouse.postgres.instance;

import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.DatabaseEpoch;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import dev.gatehouse.resilience.ClusterSize;
import dev.gatehouse.resilience.clock.ClockReading;
import dev.gatehouse.resilience.clock.SharedClock;
import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives signs of life to the other instances on the same database, counts theirs, and compares
/// clocks. An instance that stops takes its leave; one that was killed counts for another ten
/// seconds.
public final class Heartbeat implements ClusterSize, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration INTERVAL = Duration.ofSeconds(3);
  static final Duration ALIVE = Duration.ofSeconds(10);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  /// Rows not seen for a minute go, so that the table stays small; likewise rows with a time ahead,
  /// which were written before the database's clock was set back.
  private static final Sql BEAT =
      Sql.of(
          """
          WITH removed AS (
            DELETE FROM instances
            WHERE id <> :id
              AND seen_at NOT BETWEEN now() - interval '1 minute'
                AND now() + interval '1 minute'
          )
          INSERT INTO instances (id, seen_at, clock_offset_seconds)
          VALUES (:id, now(), :ahead)
          ON CONFLICT (id) DO UPDATE
          SET seen_at = excluded.seen_at, clock_offset_seconds = excluded.clock_offset_seconds
          """);

  private static final Sql LEAVE = Sql.of("DELETE FROM instances WHERE id = :id");

  private final Database database;
  private final UUID id;
  private final SharedClock clock;
  private final ClockReports reports = new ClockReports();
  private final PeriodicTask task;
  private volatile int read = 1;
  private volatile int count = 1;

  private Heartbeat(Database database, UUID id, SharedClock clock, PeriodicTasks tasks) {
    this.database = database;
    this.id = id;
    this.clock = clock;
    beat();
    this.task =
        tasks
            .task("heartbeat")
            .every(INTERVAL)
            .delayed()
            .finishWithin(LONGEST_STOP)
            .start(this::beat);
  }

  /// Gives the first sign of life and goes on in the background.
  ///
  /// @param id of this instance, unique
  /// @param clock given a reading of the database's clock with each sign of life
  /// @throws dev.gatehouse.errors.Unavailable when the database does not respond
  public static Heartbeat start(
      Database database, UUID id, SharedClock clock, PeriodicTasks tasks) {
    return new Heartbeat(database, id, clock, tasks);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void close() {
    task.close();
    try {
      database.writePromptly(statements -> statements.update(LEAVE.with("id", id)));
    } catch (GatehouseException unheard) {
      log.debug("The other instances will notice by themselves", unheard);
    }
  }

  /// Each statement is its own transaction. The offset is measured first, so that what the others
  /// read was measured just now.
  ///
  /// An instance that is missing once still counts: its row vanishes when the database's clock
  /// steps or another server takes over, and it is back with its next sign of life.
  private void beat() {
    int before = read;
    read = database.writePromptly(this::beat);
    count = Math.max(before, read);
    reports.report(clock.state(), clock.offset().orElseThrow());
  }

  private int beat(Statements statements) throws SQLException {
    ClockReading reading = ClockReadings.reading(statements, clock);
    double ahead = reading.offset().toMillis() / 1_000.0;
    statements.update(BEAT.with("id", id).and("ahead", ahead));
    statements.update(DatabaseEpoch.BEAT.call());
    List<Double> others = ClockReadings.others(statements, id);
    clock.observe(reading, ClockReadings.offsets(others));
    return 1 + others.size();
  }
}
