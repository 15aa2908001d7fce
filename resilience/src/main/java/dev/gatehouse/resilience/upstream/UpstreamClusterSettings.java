package dev.gatehouse.resilience.upstream;

import dev.gatehouse.resilience.balancing.BalancerSettings;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.balancing.ZonePreference;

/// How a service of many instances is called.
///
/// @param balancer which instance is next, and which is not called
/// @param attempts how often one request is tried at most, the first time included
/// @param retryShare repetitions for each request, from 0 to 1, over ten seconds; 0 for none at all
/// @param retryFloor repetitions a second that are allowed however few requests there are, over ten
///     seconds too
public record UpstreamClusterSettings(
    BalancerSettings balancer, int attempts, double retryShare, int retryFloor) {
  /// Who sends less than five requests a second has ten repetitions in ten seconds: a tenth of
  /// them, or a fifth of one, would be none at the moment an instance dies.
  private static final int FLOOR = 1;

  /// Checks the number of attempts; the budget checks its own.
  public UpstreamClusterSettings {
    if (attempts < 1) {
      throw new IllegalArgumentException("a request is tried at least once, not " + attempts);
    }
  }

  /// Up to three attempts, a budget of a fifth.
  public static UpstreamClusterSettings of(Policy policy) {
    return new UpstreamClusterSettings(BalancerSettings.of(policy), 3, 0.2, FLOOR);
  }

  /// The same with other limits of repetition.
  public UpstreamClusterSettings repeating(int attempts, double retryShare) {
    return new UpstreamClusterSettings(balancer, attempts, retryShare, retryFloor);
  }

  /// The same, keeping requests in a zone while at least half of it is in, as [ZonePreference#of]
  /// says.
  public UpstreamClusterSettings preferring(String zone) {
    return new UpstreamClusterSettings(
        balancer.preferring(ZonePreference.of(zone)), attempts, retryShare, retryFloor);
  }

  /// The same with another floor of the budget.
  public UpstreamClusterSettings retryFloor(int perSecond) {
    return new UpstreamClusterSettings(balancer, attempts, retryShare, perSecond);
  }
}
