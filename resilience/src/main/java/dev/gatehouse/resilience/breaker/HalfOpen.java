package dev.gatehouse.resilience.breaker;

import dev.gatehouse.resilience.CallResult;
import java.time.Duration;
import java.util.Optional;

/// Admits probes, one at a time, so that no more than one caller pays for finding out. All succeed,
/// and the breaker closes; one fails or is slow, and it opens again.
///
/// Never stuck: a probe that has not been known for its time-out makes room when the next call
/// asks.
///
/// @param responds whether the calls that opened the breaker got a response, possibly late
/// @param openedFor how long the breaker refused before
/// @param probe the one not yet reported
/// @param succeeded how many were reported well
record HalfOpen(
    CircuitBreakerSettings settings,
    boolean responds,
    Duration openedFor,
    Optional<Permit> probe,
    int succeeded)
    implements Phase {
  static HalfOpen begin(CircuitBreakerSettings settings, boolean responds, Duration openedFor) {
    return new HalfOpen(settings, responds, openedFor, Optional.empty(), 0);
  }

  @Override
  public CircuitState state() {
    return CircuitState.HALF_OPEN;
  }

  @Override
  public Optional<Phase> admit(Permit permit, long now) {
    return refusesFor(now) > 0
        ? Optional.empty()
        : Optional.of(with(Optional.of(permit), succeeded));
  }

  /// Reports of calls that are no probes, or no longer, count for nothing.
  @Override
  public Phase after(Permit permit, CallResult result, boolean slow, long now) {
    if (probe.filter(permit::equals).isEmpty()) {
      return this;
    }
    return switch (result) {
      case CANCELLED, REFUSED, SATURATED -> with(Optional.empty(), succeeded);
      case ERROR, UNREACHABLE, BROKEN -> Open.again(settings, false, openedFor, now);
      case TIMEOUT -> Open.again(settings, true, openedFor, now);
      case SUCCESS -> slow ? Open.again(settings, true, openedFor, now) : afterSuccess(now);
    };
  }

  private Phase afterSuccess(long now) {
    return succeeded + 1 == settings.probes()
        ? new Closed(settings, now)
        : with(Optional.empty(), succeeded + 1);
  }

  @Override
  public long refusesFor(long now) {
    return probe.map(permit -> Math.max(0, remaining(permit, now))).orElse(0L);
  }

  private HalfOpen with(Optional<Permit> underWay, int successes) {
    return new HalfOpen(settings, responds, openedFor, underWay, successes);
  }

  private long remaining(Permit permit, long now) {
    return permit.startedAt() + settings.probeTimeout().toNanos() - now;
  }
}
