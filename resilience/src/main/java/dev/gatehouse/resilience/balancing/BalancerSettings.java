package dev.gatehouse.resilience.balancing;

import dev.gatehouse.resilience.breaker.CircuitBreakerSettings;
import java.time.Duration;
import java.util.Optional;

/// How a balancer treats its instances.
///
/// @param policy how the next one is chosen
/// @param ejection when a failing one is taken out
/// @param breaker when an instance is no longer called
/// @param slowStart how long one that joins or returns takes to get its full share; zero for at
///     once
/// @param zone where to keep the requests while that is well, if anywhere
public record BalancerSettings(
    Policy policy,
    Ejection ejection,
    CircuitBreakerSettings breaker,
    Duration slowStart,
    Optional<ZonePreference> zone) {
  /// Checks the time of the slow start.
  public BalancerSettings {
    if (slowStart.isNegative()) {
      throw new IllegalArgumentException("no slow start of " + slowStart);
    }
  }

  /// No zones, full share after 10 s. An instance is not called for a while when half of at least
  /// ten calls in five seconds failed or took two seconds and more: responses of an instance at its
  /// limit take up to one and a half.
  public static BalancerSettings of(Policy policy) {
    return new BalancerSettings(
        policy,
        Ejection.defaults(),
        CircuitBreakerSettings.defaults()
            .deciding(Duration.ofSeconds(5), 10)
            .slowAt(Duration.ofSeconds(2), 0.5),
        Duration.ofSeconds(10),
        Optional.empty());
  }

  /// The same with another slow start.
  public BalancerSettings slowStart(Duration slowStart) {
    return new BalancerSettings(policy, ejection, breaker, slowStart, zone);
  }

  /// The same with a zone to keep requests in.
  public BalancerSettings preferring(ZonePreference zone) {
    return new BalancerSettings(policy, ejection, breaker, slowStart, Optional.of(zone));
  }
}
