package dev.gatehouse.limits;

/// Learns of every decision, on the thread that waits for it; must be quick and not throw.
@FunctionalInterface
public interface LimitListener {
  /// Takes no notice.
  LimitListener NONE = (limit, decision) -> {};

  /// A limit is at work from now on.
  default void opened(Limit limit) {}

  /// A limit has decided.
  void decided(Limit limit, Decision decision);
}
