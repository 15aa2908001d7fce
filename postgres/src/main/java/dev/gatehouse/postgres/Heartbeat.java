package dev.gatehouse.postgres;

import dev.gatehouse.accounts.error.GatehouseException;
import dev.gatehouse.resilience.LiveInstances;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives signs of life to the other instances on the same database, and counts theirs. An instance that
/// stops takes its leave; one that was killed counts for another ten seconds. Owns one thread.
public final class Heartbeat implements LiveInstances, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration RHYTHM = Duration.ofSeconds(3);
  private static final Duration ALIVE = Duration.ofSeconds(10);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  /// One round trip; who was not seen for a minute is struck off, so that the table stays small.
  private static final Sql BEAT =
      Sql.of(
          """
          WITH beat AS (
            INSERT INTO instances (id, seen_at) VALUES (:id, clock_timestamp())
            ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
          ), swept AS (
            DELETE FROM instances WHERE seen_at < clock_timestamp() - interval '1 minute' AND id <> :id
          )
          SELECT count(*) AS others FROM instances
          WHERE id <> :id AND seen_at > clock_timestamp() - :alive_ms * interval '1 millisecond'
          """);

  private static final Sql LEAVE = Sql.of("DELETE FROM instances WHERE id = :id");

  private final Database database;
  private final UUID id;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofVirtual().name("heartbeat").unstarted(this::beatUntilClosed);
  private volatile int count = 1;

  private Heartbeat(Database database, UUID id) {
    this.database = database;
    this.id = id;
  }

  /// Gives the first sign of life and goes on in the background.
  ///
  /// @param id of this instance, unique
  /// @throws dev.gatehouse.accounts.error.Unavailable when the database does not answer
  public static Heartbeat start(Database database, UUID id) {
    var heartbeat = new Heartbeat(database, id);
    heartbeat.beat();
    heartbeat.thread.start();
    return heartbeat;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(LONGEST_STOP);
      database.write(statements -> statements.update(LEAVE.with("id", id)));
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } catch (GatehouseException unheard) {
      LOG.debug("The other instances will notice by themselves", unheard);
    }
  }

  private void beatUntilClosed() {
    try {
      while (!closed.await(RHYTHM.toMillis(), TimeUnit.MILLISECONDS)) {
        beatQuietly();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void beatQuietly() {
    try {
      beat();
    } catch (GatehouseException missed) {
      LOG.debug("A sign of life is put off", missed);
    }
  }

  private void beat() {
    var call = BEAT.with("id", id).and("alive_ms", ALIVE.toMillis());
    count =
        1
            + database.write(
                statements -> statements.first(call, row -> row.getInt("others")).orElseThrow());
  }
}
