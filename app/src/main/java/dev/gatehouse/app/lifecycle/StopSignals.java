package dev.gatehouse.app.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns SIGTERM, SIGINT and SIGHUP into an orderly stop. The first signal asks for it, the second
/// one ends the process at once, as does the grace when it runs out. Thread-safe.
///
/// A shutdown hook would not do: the process would end with 143 instead of 0, hooks of libraries
/// would close things under our feet, and a second signal could not be seen.
public final class StopSignals {
  private static final Logger log = LoggerFactory.getLogger(StopSignals.class);
  private static final String[] NAMES = {"TERM", "INT", "HUP"};
  private static final int SIGNALLED = 128;
  private static final int FAILED = 1;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Duration grace;
  private final IntConsumer halt;

  /// @param grace from the first signal to the end of the process, at most
  /// @param halt ends the process with a status and does not return
  public StopSignals(Duration grace, IntConsumer halt) {
    this.grace = grace;
    this.halt = halt;
  }

  /// Listens to the signals of this process from now on.
  public void install() {
    for (String name : NAMES) {
      try {
        ProcessSignals.handle(name, this::receive);
      } catch (ReflectiveOperationException refused) {
        log.warn("Signal {} cannot be handled; it stops the program at once", name, refused);
      }
    }
  }

  /// Waits until a stop is asked for.
  public void await() throws InterruptedException {
    asked.await();
  }

  /// Whether a stop was asked for.
  public boolean asked() {
    return asked.getCount() == 0;
  }

  void receive(int signal) {
    log.info("Signal {} received; stopping", signal);
    if (!stopping.compareAndSet(false, true)) {
      halt.accept(SIGNALLED + signal);
      return;
    }
    Thread.ofPlatform().name("stop-limit").daemon().start(this::haltAfterGrace);
    asked.countDown();
  }

  private void haltAfterGrace() {
    try {
      Thread.sleep(grace);
      halt.accept(FAILED);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
