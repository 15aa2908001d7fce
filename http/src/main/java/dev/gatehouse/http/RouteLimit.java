package dev.gatehouse.http;

/// The name of a rate limit that applies to a route. What it allows is configured where limits are
/// enforced; a name that is unknown there stops the start.
///
/// @param name lower-case letters and underscores
public record RouteLimit(String name) {
  /// Requests of any kind, by address.
  public static final RouteLimit ADDRESS = new RouteLimit("ip");
}
