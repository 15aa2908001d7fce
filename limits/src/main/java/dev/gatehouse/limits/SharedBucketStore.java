package dev.gatehouse.limits;

import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.resilience.ClusterSize;
import java.util.function.LongSupplier;

/// Keeps buckets in Redis, shared by all instances, and local state for outages of Redis: a bounded
/// number for each limit, as [LocalBucketStore] does.
public final class SharedBucketStore implements BucketStore {
  private final RedisLink redis;
  private final ClusterSize instances;
  private final LongSupplier nanos;

  /// @param instances the number by which a limit is divided while Redis is down
  /// @param nanos a monotonic clock, such as `System::nanoTime`
  public SharedBucketStore(RedisLink redis, ClusterSize instances, LongSupplier nanos) {
    this.redis = redis;
    this.instances = instances;
    this.nanos = nanos;
  }

  @Override
  public Buckets open(Limit limit) {
    return new SharedBuckets(limit.rate(), new RedisTokens(redis, limit), instances, nanos);
  }
}
