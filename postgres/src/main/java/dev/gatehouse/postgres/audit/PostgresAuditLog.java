package dev.gatehouse.postgres.audit;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The audit log in the table `audit_events`. One thread takes events from a bounded queue and
/// writes them in batches, one connection and one statement at a time, however many there are.
/// While the database is away the queue fills; what no longer fits is counted and logged. When an
/// acknowledgement is lost a batch may be stored twice, never not at all.
public final class PostgresAuditLog implements AuditLog, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostgresAuditLog.class);
  private static final int QUEUE = 10_000;
  private static final int BATCH = 500;
  private static final Duration TIMEOUT = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration FLUSH = Duration.ofSeconds(2);

  private static final Sql ADD =
      Sql.of(
          """
          INSERT INTO audit_events (recorded_at, event, actor, subject, ip, request_id)
          SELECT now() - age_us * interval '1 microsecond', event, actor, subject, ip, request_id
          FROM unnest(
            :age_us::bigint[], :event::text[], :actor::text[], :subject::text[], :ip::text[],
            :request_id::text[]) AS given (age_us, event, actor, subject, ip, request_id)
          """);

  private final Database database;
  private final LongSupplier nanoTime;
  private final BlockingQueue<Entry> queue;
  private final AtomicLong dropped = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread writer = Thread.ofVirtual().name("audit-writer").unstarted(this::write);
  private long reported;
  private boolean away;

  private PostgresAuditLog(Database database, LongSupplier nanoTime, int capacity) {
    this.database = database;
    this.nanoTime = nanoTime;
    this.queue = new ArrayBlockingQueue<>(capacity);
  }

  /// Starts to take events. Their time is the database's when they are stored, less what they have
  /// waited.
  ///
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  public static PostgresAuditLog start(Database database, LongSupplier nanoTime) {
    return start(database, nanoTime, QUEUE);
  }

  static PostgresAuditLog start(Database database, LongSupplier nanoTime, int capacity) {
    var log = new PostgresAuditLog(database, nanoTime, capacity);
    log.writer.start();
    return log;
  }

  @Override
  public void record(AuditEvent event) {
    if (isClosing() || !queue.offer(new Entry(nanoTime.getAsLong(), event))) {
      dropped.incrementAndGet();
    }
  }

  /// How many events could not be stored so far.
  public long dropped() {
    return dropped.get();
  }

  /// Stores what is queued, unless that takes longer than two seconds or the database is away.
  @Override
  public void close() {
    closing.countDown();
    try {
      if (!writer.join(FLUSH)) {
        writer.interrupt();
        writer.join(FLUSH);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /// @param at by the monotonic clock
  private record Entry(long at, AuditEvent event) {}

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void write() {
    try {
      while (!isClosing() || !queue.isEmpty()) {
        writeNext();
      }
    } catch (InterruptedException hurried) {
      dropped.addAndGet(queue.size());
    }
    report();
  }

  private void writeNext() throws InterruptedException {
    Entry first = queue.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      report();
      return;
    }
    var batch = new ArrayList<Entry>(BATCH);
    batch.add(first);
    queue.drainTo(batch, BATCH - 1);
    while (!stored(batch)) {
      if (isClosing()) {
        dropped.addAndGet(batch.size() + queue.size());
        queue.clear();
        return;
      }
      closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Tries to store a batch.
  ///
  /// @return false when it is worth trying again
  private boolean stored(List<Entry> batch) {
    try {
      database.write(statements -> statements.update(call(batch)));
      away = false;
      return true;
    } catch (Unavailable postponed) {
      if (!away) {
        log.warn("Storing audit events is postponed: {}", postponed.getMessage());
        away = true;
      }
      return false;
    } catch (GatehouseException refused) {
      log.error("Audit events cannot be stored", refused);
      dropped.addAndGet(batch.size());
      return true;
    }
  }

  private void report() {
    long now = dropped.get();
    if (now > reported) {
      log.warn("{} audit events were not stored; they are in the log", now - reported);
      reported = now;
    }
  }

  /// To be made when a connection is at hand: it holds how long each event has waited.
  private Sql.Call call(List<Entry> batch) {
    long now = nanoTime.getAsLong();
    return ADD.with("age_us", column(batch, entry -> Long.toString((now - entry.at()) / 1_000)))
        .and("event", column(batch, entry -> entry.event().kind().label()))
        .and("actor", column(batch, entry -> entry.event().actor()))
        .and("subject", column(batch, entry -> entry.event().subject()))
        .and("ip", column(batch, entry -> entry.event().origin().ip()))
        .and("request_id", column(batch, entry -> entry.event().origin().requestId()));
  }

  private static String[] column(List<Entry> batch, Function<Entry, String> value) {
    return batch.stream().map(value).toArray(String[]::new);
  }
}
