package dev.gatehouse.resilience.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lets a bounded number of probes pass: those under way and those that succeeded are together never
/// more than allowed. All succeed, and the breaker closes; one fails or is slow, and it opens again.
///
/// Never stuck: a probe that has not been heard of for its time-out makes room when the next call asks.
///
/// @param openedFor how long the breaker refused before
/// @param underWay probes not yet reported
/// @param succeeded how many were reported well
record HalfOpen(
    CircuitBreakerSettings settings, Duration openedFor, List<Permit> underWay, int succeeded)
    implements Phase {
  static HalfOpen begin(CircuitBreakerSettings settings, Duration openedFor) {
    return new HalfOpen(settings, openedFor, List.of(), 0);
  }

  @Override
  public CircuitState state() {
    return CircuitState.HALF_OPEN;
  }

  @Override
  public Optional<Phase> admit(Permit permit, long now) {
    List<Permit> probes = new ArrayList<>(underWay);
    probes.removeIf(probe -> remaining(probe, now) <= 0);
    if (probes.size() + succeeded >= settings.probes()) {
      return Optional.empty();
    }
    probes.add(permit);
    return Optional.of(with(probes, succeeded));
  }

  /// Reports of calls that are no probes, or no longer, count for nothing.
  @Override
  public Phase after(Permit permit, Verdict verdict, long now) {
    if (!underWay.contains(permit)) {
      return this;
    }
    return switch (verdict) {
      case SUCCEEDED ->
          succeeded + 1 == settings.probes() ? new Closed(settings, now) : done(permit, 1);
      case ABANDONED -> done(permit, 0);
      case SUCCEEDED_SLOWLY, FAILED, FAILED_SLOWLY -> Open.again(settings, openedFor, now);
    };
  }

  @Override
  public long refusesFor(long now) {
    if (underWay.size() + succeeded < settings.probes()) {
      return 0;
    }
    return underWay.stream().mapToLong(probe -> Math.max(0, remaining(probe, now))).min().orElse(0);
  }

  private HalfOpen done(Permit permit, int more) {
    List<Permit> probes = new ArrayList<>(underWay);
    probes.remove(permit);
    return with(probes, succeeded + more);
  }

  private HalfOpen with(List<Permit> probes, int successes) {
    return new HalfOpen(settings, openedFor, List.copyOf(probes), successes);
  }

  private long remaining(Permit probe, long now) {
    return probe.startedAt() + settings.probeTimeout().toNanos() - now;
  }
}
