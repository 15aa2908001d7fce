package dev.gatehouse.resilience.breaker;

import java.time.Duration;
import java.util.Optional;

/// Refuses all until its time is over; the first to ask after that becomes a probe.
///
/// @param answers whether the calls that opened it were answered, if late
record Open(CircuitBreakerSettings settings, boolean answers, Duration length, long until)
    implements Phase {
  static Open first(CircuitBreakerSettings settings, boolean answers, long now) {
    return lasting(settings, answers, settings.openFor(), now);
  }

  /// After a failed probe: twice as long, up to the longest.
  static Open again(CircuitBreakerSettings settings, boolean answers, Duration before, long now) {
    Duration doubled = before.multipliedBy(2);
    Duration longest = settings.openForAtMost();
    return lasting(settings, answers, doubled.compareTo(longest) < 0 ? doubled : longest, now);
  }

  private static Open lasting(
      CircuitBreakerSettings settings, boolean answers, Duration length, long now) {
    return new Open(settings, answers, length, now + length.toNanos());
  }

  @Override
  public CircuitState state() {
    return CircuitState.OPEN;
  }

  @Override
  public Optional<Phase> admit(Permit permit, long now) {
    return refusesFor(now) > 0
        ? Optional.empty()
        : HalfOpen.begin(settings, answers, length).admit(permit, now);
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
