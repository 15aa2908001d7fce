package dev.gatehouse.resilience.balancing;

import dev.gatehouse.resilience.balancing.HealthState.Ejected;
import dev.gatehouse.resilience.balancing.HealthState.Serving;
import java.time.Duration;

/// How much of its share an instance gets: a tenth when it joins, a tenth more with each tenth of
/// the slow start, so that cold caches and cold code are not met by full load.
final class SlowStart {
  static final int FULL = 10;

  private final long step;

  SlowStart(Duration slowStart) {
    step = slowStart.toNanos() / FULL;
  }

  /// Tenths of its share, from 1 to [#FULL].
  int of(HealthState health, long now) {
    return switch (health) {
      case Ejected _ -> FULL;
      case Serving serving -> warming(serving, now) ? 1 + (int) stepsSince(serving, now) : FULL;
    };
  }

  /// Nanoseconds until the response changes by itself, or until an ejected one returns.
  long changesIn(HealthState health, long now) {
    return switch (health) {
      case Ejected ejected -> Math.max(0, ejected.until() - now);
      case Serving serving ->
          warming(serving, now)
              ? serving.since() + (stepsSince(serving, now) + 1) * step - now
              : Long.MAX_VALUE;
    };
  }

  private boolean warming(Serving serving, long now) {
    return serving.warming() && step > 0 && stepsSince(serving, now) < FULL - 1;
  }

  private long stepsSince(Serving serving, long now) {
    return Math.max(0, now - serving.since()) / step;
  }
}
