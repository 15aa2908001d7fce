package dev.gatehouse.resilience.balancing;

/// Keep requests in the own zone while enough of it is well. Meant for zones of about equal
/// capacity: each is to carry what comes up in it.
///
/// @param zone the balancer's own
/// @param share how much must be in, by weight, for requests to stay there, from 0 to 1: of the own
///     zone's instances, and of what each of the other zones has on average; with less, all zones
///     take part
public record ZonePreference(String zone, double share) {
  private static final double HALF = 0.5;

  /// Checks the share.
  public ZonePreference {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("not a share of 1: " + share);
    }
  }

  /// While at least half is in.
  public static ZonePreference of(String zone) {
    return new ZonePreference(zone, HALF);
  }
}
