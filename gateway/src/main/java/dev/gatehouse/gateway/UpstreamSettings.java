package dev.gatehouse.gateway;

import java.time.Duration;

/// How connections to one instance are used.
///
/// @param connections open at once, at most, for each event loop
/// @param waiting requests that may wait for one of them
/// @param connectTimeout how long an instance may take to accept one
/// @param keepAlive how long one is kept unused; less than the instances' own idle time-out, so
///     that it is never the instance that closes first
/// @param bufferedBody bodies up to so many bytes are kept so that the request can be repeated;
///     larger ones stream through
public record UpstreamSettings(
    int connections, int waiting, Duration connectTimeout, Duration keepAlive, int bufferedBody) {
  /// @throws IllegalArgumentException when a value makes no sense
  public UpstreamSettings {
    if (connections < 1 || waiting < 0 || bufferedBody < 0) {
      throw new IllegalArgumentException("bounds must be positive");
    }
    if (!connectTimeout.isPositive() || keepAlive.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "times must be positive, that to keep alive whole seconds");
    }
  }

  /// The usual bounds.
  public static UpstreamSettings holding(int bufferedBody) {
    return new UpstreamSettings(
        256, 256, Duration.ofSeconds(1), Duration.ofSeconds(20), bufferedBody);
  }
}
