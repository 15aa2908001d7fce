package dev.gatehouse.app.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A check whose result holds for a while, so that probes cost the dependency one look however many
/// there are. While one caller looks, the others are told what was seen last. Thread-safe.
final class CachedCheck {
  private static final Logger log = LoggerFactory.getLogger(CachedCheck.class);

  private final String name;
  private final HealthCheck check;
  private final long validNanos;
  private final LongSupplier nanos;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Seen seen;

  private record Seen(boolean passes, long at) {}

  CachedCheck(String name, HealthCheck check, Duration valid, LongSupplier nanos) {
    this.name = name;
    this.check = check;
    this.validNanos = valid.toNanos();
    this.nanos = nanos;
    this.seen = new Seen(false, nanos.getAsLong() - validNanos);
  }

  String name() {
    return name;
  }

  boolean passes() {
    Seen last = seen;
    if (nanos.getAsLong() - last.at() < validNanos || !looking.compareAndSet(false, true)) {
      return last.passes();
    }
    try {
      seen = new Seen(look(last), nanos.getAsLong());
      return seen.passes();
    } finally {
      looking.set(false);
    }
  }

  private boolean look(Seen last) {
    try {
      check.run();
      return true;
    } catch (RuntimeException failure) {
      if (last.passes()) {
        log.warn("{} does not answer any more", name, failure);
      }
      return false;
    }
  }
}
