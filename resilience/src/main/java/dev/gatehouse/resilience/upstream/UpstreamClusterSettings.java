package dev.gatehouse.resilience.upstream;

import dev.gatehouse.resilience.balancing.BalancerSettings;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.balancing.ZonePreference;
import dev.gatehouse.resilience.breaker.CircuitBreakerSettings;
import java.time.Duration;

/// How a service of many instances is called.
///
/// @param balancer which instance is next, and which is left out
/// @param breaker when an instance is no longer called
/// @param attempts how often one request is tried at most, the first time included
/// @param retryShare repetitions for each request, from 0 to 1, over ten seconds; 0 for none at all
/// @param retryFloor repetitions a second that are allowed however few requests there are, over ten
///     seconds too
public record UpstreamClusterSettings(
    BalancerSettings balancer,
    CircuitBreakerSettings breaker,
    int attempts,
    double retryShare,
    int retryFloor) {
  /// Who sends less than five requests a second has ten repetitions in ten seconds: a tenth of
  /// them, or a fifth of one, would be none at the moment an instance dies.
  private static final int FLOOR = 1;

  /// Checks the number of attempts; the budget checks its own.
  public UpstreamClusterSettings {
    if (attempts < 1) {
      throw new IllegalArgumentException("a request is tried at least once, not " + attempts);
    }
  }

  /// Up to three attempts, a budget of a fifth. Half of at least ten calls in five seconds failed
  /// or took two seconds and more, and an instance is not called for a while: responses of one at
  /// its limit take up to one and a half.
  public static UpstreamClusterSettings of(Policy policy) {
    return new UpstreamClusterSettings(
        BalancerSettings.of(policy),
        CircuitBreakerSettings.defaults()
            .deciding(Duration.ofSeconds(5), 10)
            .slowAt(Duration.ofSeconds(2), 0.5),
        3,
        0.2,
        FLOOR);
  }

  /// The same with other limits of repetition.
  public UpstreamClusterSettings repeating(int attempts, double retryShare) {
    return new UpstreamClusterSettings(balancer, breaker, attempts, retryShare, retryFloor);
  }

  /// The same, keeping requests in a zone while at least half of it is in, as [ZonePreference#of]
  /// says.
  public UpstreamClusterSettings preferring(String zone) {
    return new UpstreamClusterSettings(
        balancer.preferring(ZonePreference.of(zone)), breaker, attempts, retryShare, retryFloor);
  }

  /// The same with another floor of the budget.
  public UpstreamClusterSettings retryFloor(int perSecond) {
    return new UpstreamClusterSettings(balancer, breaker, attempts, retryShare, perSecond);
  }
}
