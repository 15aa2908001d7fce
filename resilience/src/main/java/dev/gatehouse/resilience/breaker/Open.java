package dev.gatehouse.resilience.breaker;

import dev.gatehouse.resilience.CallResult;
import java.time.Duration;
import java.util.Optional;

/// Refuses all until its time is over; the first to ask after that becomes a probe.
///
/// @param responds whether the calls that opened it got a response, possibly late
record Open(CircuitBreakerSettings settings, boolean responds, Duration length, long until)
    implements Phase {
  static Open first(CircuitBreakerSettings settings, boolean responds, long now) {
    return lasting(settings, responds, settings.openFor(), now);
  }

  /// After a failed probe: twice as long, up to the longest.
  static Open again(CircuitBreakerSettings settings, boolean responds, Duration before, long now) {
    Duration doubled = before.multipliedBy(2);
    Duration longest = settings.openForAtMost();
    return lasting(settings, responds, doubled.compareTo(longest) < 0 ? doubled : longest, now);
  }

  private static Open lasting(
      CircuitBreakerSettings settings, boolean responds, Duration length, long now) {
    return new Open(settings, responds, length, now + length.toNanos());
  }

  @Override
  public CircuitState state() {
    return CircuitState.OPEN;
  }

  @Override
  public Optional<Phase> admit(Permit permit, long now) {
    return refusesFor(now) > 0
        ? Optional.empty()
        : HalfOpen.begin(settings, responds, length).admit(permit, now);
  }

  @Override
  public Phase after(Permit permit, CallResult result, boolean slow, long now) {
    return this;
  }

  @Override
  public long refusesFor(long now) {
    return Math.max(0, until - now);
  }
}
