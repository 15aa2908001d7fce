package dev.gatehouse.limits;

/// A rate and its name in responses and metrics.
///
/// @param name lower-case letters and underscores
public record Limit(String name, Rate rate) {
  public Limit {
    if (!name.matches("[a-z_]{1,32}")) {
      throw new IllegalArgumentException("Not the name of a limit: " + name);
    }
  }
}
