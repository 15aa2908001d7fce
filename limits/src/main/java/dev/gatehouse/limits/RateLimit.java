package dev.gatehouse.limits;

import org.jspecify.annotations.Nullable;

/// A limit with its buckets and its listener. Thread-safe.
public final class RateLimit {
  private final Limit limit;
  private final Buckets buckets;
  private final LimitListener listener;

  RateLimit(Limit limit, BucketStore store, LimitListener listener) {
    this.limit = limit;
    this.buckets = store.open(limit);
    this.listener = listener;
    listener.opened(limit);
  }

  /// The limit.
  public Limit limit() {
    return limit;
  }

  /// Takes a token from the bucket of a key, if there is one. May wait a few milliseconds.
  public Decision take(long key) {
    Decision decision = buckets.take(key);
    listener.decided(limit, decision);
    return decision;
  }

  /// The same without waiting: null when memory cannot decide.
  @Nullable Decision takeAtOnce(long key) {
    Decision decision = buckets.takeAtOnce(key);
    if (decision != null) {
      listener.decided(limit, decision);
    }
    return decision;
  }
}
