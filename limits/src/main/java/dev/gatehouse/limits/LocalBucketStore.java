package dev.gatehouse.limits;

import java.util.function.LongSupplier;

/// Keeps buckets in memory, a bounded number for each limit. A bucket takes up to 450 bytes, so
/// that all limits of [RateLimits] together stay below 64 MiB.
public final class LocalBucketStore implements BucketStore {
  private static final int BUCKETS_PER_LIMIT = 20_000;

  private final LongSupplier nanos;

  /// @param nanos a monotonic clock, such as `System::nanoTime`
  public LocalBucketStore(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public Buckets open(Limit limit) {
    return new LocalBuckets(limit.rate(), BUCKETS_PER_LIMIT, nanos);
  }
}
