package dev.gatehouse.discovery;

import dev.gatehouse.resilience.HostNames;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// How to get on with Consul. Every time is a bound or a pace.
///
/// @param url where the agent responds, without a path
/// @param token of an access control list, if there is one
/// @param callTimeout for a call that Consul responds at once
/// @param hold how long Consul holds a query whose response has not changed; also how long a Consul
///     that hangs goes unnoticed
/// @param pace the shortest time between two queries of one watch
/// @param firstBackoff after a failure
/// @param longestBackoff after many
/// @param recoveryGrace how long instances are kept that Consul does not name any more after it was
///     away
/// @param renewEvery how often an instance looks whether Consul still knows it
/// @param checkEvery how often Consul asks an instance whether it is ready
/// @param checkTimeout how long that may take
/// @param deregisterAfter an instance not ready for so long is dropped; Consul's least is a minute
public record ConsulSettings(
    URI url,
    Optional<String> token,
    Duration callTimeout,
    Duration hold,
    Duration pace,
    Duration firstBackoff,
    Duration longestBackoff,
    Duration recoveryGrace,
    Duration renewEvery,
    Duration checkEvery,
    Duration checkTimeout,
    Duration deregisterAfter) {
  /// Checks the address.
  public ConsulSettings {
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException("Consul's URL must begin with http or https");
    }
    if (HostNames.of(url).isEmpty() || !url.getRawPath().matches("/?")) {
      throw new IllegalArgumentException("Consul's URL names a host and no path");
    }
  }

  /// The usual paces.
  public static ConsulSettings at(URI url, Optional<String> token) {
    return new ConsulSettings(
        url,
        token,
        Duration.ofMillis(400),
        Duration.ofSeconds(10),
        Duration.ofMillis(100),
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofMinutes(1));
  }

  /// Never shows the token.
  @Override
  public String toString() {
    return "ConsulSettings[" + url + "]";
  }
}
