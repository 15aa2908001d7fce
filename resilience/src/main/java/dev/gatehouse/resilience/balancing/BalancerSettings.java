package dev.gatehouse.resilience.balancing;

import java.time.Duration;
import java.util.Optional;

/// How a balancer treats its instances.
///
/// @param policy how the next one is chosen
/// @param ejection when a failing one is taken out
/// @param slowStart how long one that joins or returns takes to get its full share; zero for at
///     once
/// @param zone where to keep the requests while that is well, if anywhere
public record BalancerSettings(
    Policy policy, Ejection ejection, Duration slowStart, Optional<ZonePreference> zone) {
  /// Checks the time of the slow start.
  public BalancerSettings {
    if (slowStart.isNegative()) {
      throw new IllegalArgumentException("no slow start of " + slowStart);
    }
  }

  /// No zones, full share after 10 s.
  public static BalancerSettings of(Policy policy) {
    return new BalancerSettings(
        policy, Ejection.defaults(), Duration.ofSeconds(10), Optional.empty());
  }

  /// The same with other rules of ejection.
  public BalancerSettings ejecting(Ejection ejection) {
    return new BalancerSettings(policy, ejection, slowStart, zone);
  }

  /// The same with another slow start.
  public BalancerSettings slowStart(Duration slowStart) {
    return new BalancerSettings(policy, ejection, slowStart, zone);
  }

  /// The same with a zone to keep requests in.
  public BalancerSettings preferring(ZonePreference zone) {
    return new BalancerSettings(policy, ejection, slowStart, Optional.of(zone));
  }
}
