package dev.gatehouse.resilience.balancing;

/// Keep requests in the own zone while enough of it is well. Meant for zones of about equal capacity:
/// one small instance beside the gateway would otherwise get all its traffic.
///
/// @param zone the balancer's own
/// @param share how much of the own zone's instances must be in for requests to stay there, from 0 to 1;
///     with less, all zones take part
public record ZonePreference(String zone, double share) {
  /// Checks the share.
  public ZonePreference {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("not a share of 1: " + share);
    }
  }
}
