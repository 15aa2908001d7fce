package dev.gatehouse.resilience.balancing;

/// How the next instance is chosen.
public enum Policy {
  /// In turn. Exactly fair, by weight, whatever the number of threads.
  ROUND_ROBIN,
  /// The less loaded of two drawn at random: near the best possible balance without a view of the
  /// whole, and no herd running to the one that looked idle. Source: Mitzenmacher, "The Power of
  /// Two Choices in Randomized Load Balancing", 2001.
  LEAST_LOADED
}
