package dev.gatehouse.telemetry.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Passes events to one thread that encodes and writes them in batches. Callers never wait: when
/// the queue is full the event is dropped and counted, and the count is logged as soon as the
/// writer catches up. Stopping writes the queued events within the flush time.
final class QueuedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final int BATCH = 256;
  private static final int FULL = 64 * 1024;
  private static final Duration LINGER = Duration.ofMillis(5);

  private final LineEncoder encoder;
  private final OutputStream out;
  private final LineBuffer lines = new LineBuffer();
  private final BlockingQueue<Entry> queue;
  private final Duration flush;
  private final AtomicLong dropped = new AtomicLong();
  private final Thread writer =
      Thread.ofPlatform().name("log-writer").daemon().unstarted(this::write);

  QueuedAppender(LineEncoder encoder, OutputStream out, int capacity, Duration flush) {
    this.encoder = encoder;
    this.out = out;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.flush = flush;
  }

  @Override
  public void start() {
    super.start();
    writer.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (!queue.offer(Entry.of(event))) {
      dropped.incrementAndGet();
    }
  }

  @Override
  public void stop() {
    super.stop();
    writer.interrupt();
    try {
      writer.join(flush);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    var batch = new ArrayList<Entry>(BATCH);
    try {
      while (true) {
        writeSafely(batch);
        // Under load further entries accumulate meanwhile, instead of waking the writer one by one.
        Thread.sleep(LINGER);
      }
    } catch (InterruptedException stopped) {
      // Stopped: no new event is accepted, so the queue is final.
      while (!queue.isEmpty()) {
        writeWith(batch);
      }
    }
  }

  /// A failing batch, for instance of a full heap, does not prevent later ones.
  private void writeSafely(List<Entry> batch) throws InterruptedException {
    try {
      batch.add(queue.take());
      writeWith(batch);
    } catch (RuntimeException | Error failure) {
      batch.clear();
      addError("cannot write some events", failure);
    }
  }

  private void writeWith(List<Entry> batch) {
    do {
      queue.drainTo(batch, BATCH);
      batch.forEach(this::encode);
      batch.clear();
      long missing = dropped.getAndSet(0);
      if (missing > 0) {
        encode(new Entry(notice(missing), null));
      }
      flush();
    } while (queue.size() >= BATCH);
  }

  private void encode(Entry entry) {
    int start = lines.length();
    try {
      encoder.encode(entry, lines);
    } catch (RuntimeException | StackOverflowError failure) {
      lines.truncate(start);
      addError("cannot write an event", failure);
    }
    if (lines.length() > FULL) {
      flush();
    }
  }

  private void flush() {
    try {
      lines.drainTo(out);
      out.flush();
    } catch (IOException failure) {
      addError("cannot write the log", failure);
    }
  }

  private ILoggingEvent notice(long missing) {
    Logger logger = ((LoggerContext) getContext()).getLogger(QueuedAppender.class);
    String message =
        missing + " log events were dropped: they came faster than they could be written";
    return new LoggingEvent(Logger.FQCN, logger, Level.WARN, message, null, null);
  }
}
