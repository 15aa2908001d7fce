package dev.gatehouse.limits;

/// Learns of every decision, on the thread that waits for it; must be quick and not throw.
@FunctionalInterface
public interface LimitListener {
  /// Takes no notice.
  LimitListener NONE = (limit, decision) -> {};

  /// A limit has decided.
  void decided(Limit limit, Decision decision);
}
