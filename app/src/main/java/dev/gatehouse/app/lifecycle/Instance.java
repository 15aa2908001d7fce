package dev.gatehouse.app.lifecycle;

import dev.gatehouse.api.health.Readiness;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of one instance: start, be announced, wait for a signal, be withdrawn, drain,
/// close.
public final class Instance {
  private static final Logger log = LoggerFactory.getLogger(Instance.class);
  private static final Duration LONGEST_WITHDRAWAL = Duration.ofSeconds(1);

  private final Lifecycle lifecycle;
  private final Readiness readiness;
  private final StopSignals signals;

  /// Used once.
  public Instance(Lifecycle lifecycle, Readiness readiness, StopSignals signals) {
    this.lifecycle = lifecycle;
    this.readiness = readiness;
    this.signals = signals;
  }

  /// Lives this life.
  ///
  /// @param start starts the parts; when it throws, those already started are closed
  /// @param delay from the moment readiness turns to the moment the first part is closed
  /// @param grace from the moment a stop is asked for to the end, the delay included
  /// @return whether everything was closed in time and without an error
  public boolean run(Consumer<Lifecycle> start, Duration delay, Duration grace)
      throws InterruptedException {
    try {
      start.accept(lifecycle);
    } catch (RuntimeException | Error failure) {
      lifecycle.close(grace);
      throw failure;
    }
    readiness.open();
    lifecycle.announce();
    log.info("Ready");
    signals.await();
    readiness.drain();
    log.info("Stopping");
    long asked = System.nanoTime();
    boolean clean = lifecycle.withdraw(shorter(LONGEST_WITHDRAWAL, grace.dividedBy(4)));
    Thread.sleep(delay);
    clean &= lifecycle.close(grace.minusNanos(System.nanoTime() - asked));
    log.info("Stopped");
    return clean;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
