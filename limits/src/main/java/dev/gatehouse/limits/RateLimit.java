package dev.gatehouse.limits;

import org.jspecify.annotations.Nullable;

/// One limit at work: its buckets, and who intends to know. Thread-safe.
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

  /// What is allowed.
  public Limit limit() {
    return limit;
  }

  /// Takes a token of the key's bucket, if there is one. May wait some milliseconds.
  public Decision take(long key) {
    Decision decision = buckets.take(key);
    listener.decided(limit, decision);
    return decision;
  }

  /// The same without waiting: null when it cannot be decided from memory.
  @Nullable Decision takeAtOnce(long key) {
    Decision decision = buckets.takeAtOnce(key);
    if (decision != null) {
      listener.decided(limit, decision);
    }
    return decision;
  }
}
