package dev.gatehouse.http;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/// The addresses, timeouts and limits of a server.
///
/// @param host the address to listen on
/// @param port the port to listen on; 0 takes any free one
/// @param headerTimeout how long the head of a request may take from its first byte, and a new
///     connection to its first request
/// @param requestTimeout how long a request may take from its head to its response, the reading of
///     its body included
/// @param idleTimeout how long a connection may wait for its next request
/// @param maxBody the most bytes of a request's body, where the route says nothing else
/// @param maxConnections the most open connections; more are closed at once
/// @param shutdownGrace how long requests in flight may take to finish when the server closes
public record HttpSettings(
    String host,
    int port,
    Duration headerTimeout,
    Duration requestTimeout,
    Duration idleTimeout,
    int maxBody,
    int maxConnections,
    Duration shutdownGrace) {
  private static final int MAX_PORT = 65_535;
  private static final int MIN_CHECK_MILLIS = 5;
  private static final int MAX_CHECK_MILLIS = 250;

  /// @throws IllegalArgumentException when a value makes no sense
  public HttpSettings {
    require(!host.isBlank(), "The host is empty.");
    require(port >= 0 && port <= MAX_PORT, "The port must lie between 0 and 65535.");
    require(headerTimeout.isPositive(), "The header timeout must be positive.");
    require(requestTimeout.isPositive(), "The request timeout must be positive.");
    require(idleTimeout.isPositive(), "The idle timeout must be positive.");
    require(maxBody > 0, "The largest body must be positive.");
    require(maxConnections > 0, "The number of connections must be positive.");
    require(!shutdownGrace.isNegative(), "The grace of a shutdown must not be negative.");
  }

  /// The documented defaults.
  public static HttpSettings defaults() {
    return new HttpSettings(
        "127.0.0.1",
        8080,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        64 * 1024,
        20_000,
        Duration.ofSeconds(20));
  }

  /// The same on another address.
  public HttpSettings listeningOn(String otherHost, int otherPort) {
    return new HttpSettings(
        otherHost,
        otherPort,
        headerTimeout,
        requestTimeout,
        idleTimeout,
        maxBody,
        maxConnections,
        shutdownGrace);
  }

  /// How often time-outs are looked at: a tenth of the shortest, which is then kept that exactly.
  public Duration checkEvery() {
    Duration shortest = Collections.min(List.of(headerTimeout, requestTimeout, idleTimeout));
    long millis = shortest.toMillis() / 10;
    return Duration.ofMillis(Math.clamp(millis, MIN_CHECK_MILLIS, MAX_CHECK_MILLIS));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
