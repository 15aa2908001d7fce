package dev.gatehouse.postgres.audit;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.resilience.Deadline;
import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The audit log in the table `audit_events`. A task takes events from a bounded queue and
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
  private final PeriodicTask writer;
  private volatile List<Entry> unstored = List.of();
  private volatile boolean closing;
  private long reported;

  private PostgresAuditLog(
      Database database, LongSupplier nanoTime, int capacity, PeriodicTasks tasks) {
    this.database = database;
    this.nanoTime = nanoTime;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.writer =
        tasks
            .task("audit-writer")
            .whileFailing(RETRY)
            .finishWithin(FLUSH)
            .stopWithin(FLUSH)
            .start(this::writeNext);
  }

  /// Starts to take events. Their time is the database's when they are stored, less what they have
  /// waited.
  ///
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  public static PostgresAuditLog start(
      Database database, LongSupplier nanoTime, PeriodicTasks tasks) {
    return start(database, nanoTime, QUEUE, tasks);
  }

  static PostgresAuditLog start(
      Database database, LongSupplier nanoTime, int capacity, PeriodicTasks tasks) {
    return new PostgresAuditLog(database, nanoTime, capacity, tasks);
  }

  @Override
  public void record(AuditEvent event) {
    if (closing || !queue.offer(new Entry(nanoTime.getAsLong(), event))) {
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
    closing = true;
    writer.close();
    try {
      Deadline.after(FLUSH).run(this::writeRest);
    } catch (GatehouseException away) {
      log.debug("The last audit events could not be stored", away);
    } finally {
      dropped.addAndGet(unstored.size() + queue.size());
      report();
    }
  }

  /// @param at by the monotonic clock
  private record Entry(long at, AuditEvent event) {}

  private void writeRest() {
    while (!unstored.isEmpty() || !queue.isEmpty()) {
      if (unstored.isEmpty()) {
        unstored = batch(queue.remove());
      }
      store();
    }
  }

  private void writeNext() throws InterruptedException {
    if (unstored.isEmpty()) {
      Entry first = queue.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      report();
      if (first == null) {
        return;
      }
      unstored = batch(first);
    }
    store();
  }

  private List<Entry> batch(Entry first) {
    var batch = new ArrayList<Entry>(BATCH);
    batch.add(first);
    queue.drainTo(batch, BATCH - 1);
    return batch;
  }

  /// Stores a batch. While the database is away it is kept for the next turn; what the database
  /// refuses must not hold up the rest.
  private void store() {
    List<Entry> batch = unstored;
    try {
      database.write(statements -> statements.update(call(batch)));
      unstored = List.of();
    } catch (Unavailable away) {
      throw away;
    } catch (RuntimeException | Error refused) {
      unstored = List.of();
      dropped.addAndGet(batch.size());
      throw refused;
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
