package dev.gatehouse.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Buckets in memory. A bucket that was not used for a period is full, and dropping it loses
/// nothing. When there are too many, the least frequently used are evicted (W-TinyLFU): a limited
/// address stays during a flood of addresses that are each used once.
final class LocalBuckets implements Buckets {
  /// The time at which each bucket is full.
  private final Cache<Long, AtomicLong> buckets;

  private final Refill refill;
  private final LongSupplier nanos;

  LocalBuckets(Rate rate, int most, LongSupplier nanos) {
    this.refill = Refill.of(rate);
    this.nanos = nanos;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfterAccess(rate.period())
            .ticker(nanos::getAsLong)
            // On the caller's thread, in small steps, so that no flood outruns the eviction.
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Decision take(long key) {
    AtomicLong bucket = buckets.get(key, _ -> new AtomicLong(nanos.getAsLong()));
    while (true) {
      long fullAt = bucket.get();
      long now = nanos.getAsLong();
      long debt = refill.debt(fullAt, now);
      Decision decision = refill.decide(debt);
      if (!decision.allowed() || bucket.compareAndSet(fullAt, now + debt + refill.tokenNanos())) {
        return decision;
      }
    }
  }

  @Override
  public Decision takeAtOnce(long key) {
    return take(key);
  }
}
