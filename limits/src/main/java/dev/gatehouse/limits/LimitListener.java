package dev.gatehouse.limits;

/// Receives every decision, on the thread of the caller. Implementations are quick and do not
/// throw.
@FunctionalInterface
public interface LimitListener {
  /// Ignores every decision.
  LimitListener NONE = (limit, decision) -> {};

  /// A limit is in use.
  default void opened(Limit limit) {}

  /// A limit has made a decision.
  void decided(Limit limit, Decision decision);
}
