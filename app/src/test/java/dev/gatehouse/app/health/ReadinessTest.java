package dev.gatehouse.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private final AtomicLong now = new AtomicLong();
  private final Readiness readiness = new Readiness(now::get);
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void isNotReadyBeforeTheStartIsDoneAndAfterAStopIsAskedFor() {
    assertThat(readiness.report().checks()).containsEntry("lifecycle", "starting");
    readiness.open();
    assertThat(readiness.report().passes()).isTrue();
    readiness.drain();
    assertThat(readiness.report().passes()).isFalse();
    assertThat(readiness.report().checks()).containsEntry("lifecycle", "draining");
  }

  @Test
  void followsWhatItDependsOn() {
    open();
    assertThat(readiness.report()).isEqualTo(readiness.report());
    assertThat(readiness.report().status()).isEqualTo("ok");

    away.set(true);
    pass(Duration.ofSeconds(1));
    assertThat(readiness.report().status()).isEqualTo("unavailable");
    assertThat(readiness.report().checks()).containsEntry("database", "unavailable");

    away.set(false);
    pass(Duration.ofSeconds(1));
    assertThat(readiness.report().passes()).isTrue();
  }

  @Test
  void looksOnceASecondHoweverOftenItIsAsked() {
    open();
    for (int probe = 0; probe < 100; probe++) {
      readiness.report();
    }
    assertThat(looks).hasValue(1);

    pass(Duration.ofSeconds(1));
    readiness.report();
    assertThat(looks).hasValue(2);
  }

  @Test
  void keepsNobodyWaitingWhileOneLooks() throws InterruptedException {
    var looking = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    readiness.require("database", () -> hang(looking, release));
    readiness.open();
    Thread first = Thread.ofVirtual().start(readiness::report);
    looking.await();

    assertThat(readiness.report().passes()).isFalse();

    release.countDown();
    first.join();
    assertThat(readiness.report().passes()).isTrue();
  }

  private void open() {
    readiness.require("database", this::look);
    readiness.open();
  }

  private void look() {
    looks.incrementAndGet();
    if (away.get()) {
      throw new IllegalStateException("away");
    }
  }

  private static void hang(CountDownLatch looking, CountDownLatch release) {
    looking.countDown();
    try {
      release.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
