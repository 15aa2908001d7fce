package dev.gatehouse.resilience.breaker;

import java.time.Duration;
import java.util.Optional;

/// Refuses all until its time is over; the first to ask after that becomes a probe.
record Open(CircuitBreakerSettings settings, Duration length, long until) implements Phase {
  static Open first(CircuitBreakerSettings settings, long now) {
    return lasting(settings, settings.openFor(), now);
  }

  /// After failed probes: twice as long, up to the longest.
  static Open again(CircuitBreakerSettings settings, Duration before, long now) {
    Duration doubled = before.multipliedBy(2);
    Duration longest = settings.openForAtMost();
    return lasting(settings, doubled.compareTo(longest) < 0 ? doubled : longest, now);
  }

  private static Open lasting(CircuitBreakerSettings settings, Duration length, long now) {
    return new Open(settings, length, now + length.toNanos());
  }

  @Override
  public CircuitState state() {
    return CircuitState.OPEN;
  }

  @Override
  public Optional<Phase> admit(Permit permit, long now) {
    return refusesFor(now) > 0
        ? Optional.empty()
        : HalfOpen.begin(settings, length).admit(permit, now);
  }

  @Override
  public Phase after(Permit permit, Verdict verdict, long now) {
    return this;
  }

  @Override
  public long refusesFor(long now) {
    return Math.max(0, until - now);
  }
}
