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

  private QueuedAppender start(Duration flush) {
    var encoder = new TextEncoder(ZoneOffset.UTC, false);
    var appender = new QueuedAppender(encoder, new StuckStream(), CAPACITY, flush);
    context.setMDCAdapter(new LogbackMDCAdapter());
    appender.setContext(context);
    appender.start();
    log.setLevel(Level.INFO);
    log.addAppender(appender);
    return appender;
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
