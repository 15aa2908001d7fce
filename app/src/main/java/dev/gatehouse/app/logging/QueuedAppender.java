package dev.gatehouse.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Hands events to one thread that encodes and writes them in batches. Whoever logs never waits: when
/// the queue is full the event is dropped and counted, and the count is logged as soon as the writer
/// catches up. Stopping writes what is queued, for as long as the flush time allows.
final class QueuedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final int BATCH = 256;
  private static final int BUFFER = 64 * 1024;

  private final Encoder<ILoggingEvent> encoder;
  private final BufferedOutputStream out;
  private final BlockingQueue<ILoggingEvent> queue;
  private final Duration flush;
  private final AtomicLong dropped = new AtomicLong();
  private final Thread writer =
      Thread.ofPlatform().name("log-writer").daemon().unstarted(this::write);

  QueuedAppender(Encoder<ILoggingEvent> encoder, OutputStream out, int capacity, Duration flush) {
    this.encoder = encoder;
    this.out = new BufferedOutputStream(out, BUFFER);
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
    event.prepareForDeferredProcessing();
    if (!queue.offer(event)) {
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
    var batch = new ArrayList<ILoggingEvent>(BATCH);
    try {
      while (true) {
        batch.add(queue.take());
        writeWith(batch);
      }
    } catch (InterruptedException stopped) {
      // Stopped: nothing new is taken in, so what is queued is all there will be.
      while (!queue.isEmpty()) {
        writeWith(batch);
      }
    }
  }

  private void writeWith(List<ILoggingEvent> batch) {
    queue.drainTo(batch, BATCH);
    try {
      for (ILoggingEvent event : batch) {
        out.write(encoder.encode(event));
      }
      long missing = dropped.getAndSet(0);
      if (missing > 0) {
        out.write(encoder.encode(notice(missing)));
      }
      out.flush();
    } catch (IOException | RuntimeException failure) {
      addError("cannot write the log", failure);
    }
    batch.clear();
  }

  private ILoggingEvent notice(long missing) {
    Logger logger = ((LoggerContext) getContext()).getLogger(QueuedAppender.class);
    String message =
        missing + " log events were dropped: they came faster than they could be written";
    return new LoggingEvent(Logger.FQCN, logger, Level.WARN, message, null, null);
  }
}
