package dev.gatehouse.telemetry.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class QueuedAppenderTest {
  private static final int CAPACITY = 10;

  private final LoggerContext context = new LoggerContext();
  private final Logger log = context.getLogger("test");
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final CountDownLatch stuck = new CountDownLatch(1);
  private final CountDownLatch unblock = new CountDownLatch(1);

  @Test
  @Timeout(20)
  void dropsAndCountsRatherThanKeepACallerWaiting() throws InterruptedException {
    QueuedAppender appender = start(Duration.ofSeconds(10));
    log.info("first");
    stuck.await();
    for (int event = 0; event < CAPACITY + 7; event++) {
      log.info("event");
    }
    unblock.countDown();
    appender.stop();

    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .hasSize(1 + CAPACITY + 1)
        .anyMatch(line -> line.contains("7 log events were dropped"));
  }

  @Test
  @Timeout(20)
  void stopsWithinTheFlushTimeWhenTheSinkIsStuck() throws InterruptedException {
    QueuedAppender appender = start(Duration.ofMillis(100));
    log.info("first");
    stuck.await();
    appender.stop();

    assertThat(appender.isStarted()).isFalse();
    assertThat(written.size()).isZero();
    unblock.countDown();
  }

  @Test
  @Timeout(20)
  void goesOnAfterWhatNothingExpects() throws InterruptedException {
    var failing = new FailingStream();
    QueuedAppender appender = start(Duration.ofSeconds(10), failing);
    log.info("first");
    failing.failed.await();
    log.info("second");
    appender.stop();

    assertThat(written.toString(StandardCharsets.UTF_8)).contains("second");
  }

  private QueuedAppender start(Duration flush) {
    return start(flush, new StuckStream());
  }

  private QueuedAppender start(Duration flush, OutputStream out) {
    var encoder = new TextEncoder(ZoneOffset.UTC, false);
    var appender = new QueuedAppender(encoder, out, CAPACITY, flush);
    context.setMDCAdapter(new LogbackMDCAdapter());
    appender.setContext(context);
    appender.start();
    log.setLevel(Level.INFO);
    log.addAppender(appender);
    return appender;
  }

  /// Its first write meets an error, as when memory runs out.
  private final class FailingStream extends OutputStream {
    private final CountDownLatch failed = new CountDownLatch(1);

    @Override
    public void write(int single) {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (failed.getCount() > 0) {
        failed.countDown();
        throw new StackOverflowError("deep");
      }
      written.write(bytes, offset, length);
    }
  }

  private final class StuckStream extends OutputStream {
    @Override
    public void write(int single) {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      stuck.countDown();
      try {
        unblock.await();
      } catch (InterruptedException interrupted) {
        awaitUninterruptibly();
      }
      written.write(bytes, offset, length);
    }

    private void awaitUninterruptibly() {
      while (unblock.getCount() > 0) {
        Thread.onSpinWait();
      }
      // A file keeps the interrupt as well.
      Thread.currentThread().interrupt();
    }
  }
}
