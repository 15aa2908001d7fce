package dev.gatehouse.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.BandwidthBuilder;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.util.function.LongSupplier;

/// Buckets in the memory of this process. One that nobody took from for a period is full, and dropping
/// it loses nothing. When there are more than there is room for, those go that were asked for least
/// (W-TinyLFU): an address under limit stays while a flood of addresses that come once passes by.
final class LocalBuckets implements Buckets {
  private final Cache<Long, Bucket> buckets;
  private final Rate rate;
  private final TimeMeter clock;

  LocalBuckets(Rate rate, int most, LongSupplier nanos) {
    this.rate = rate;
    this.clock = new Clock(nanos);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfterAccess(rate.period())
            .ticker(nanos::getAsLong)
            // On the caller's thread, a little at a time, so that no flood outruns the eviction.
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Decision take(long key) {
    ConsumptionProbe probe = buckets.get(key, this::full).tryConsumeAndReturnRemaining(1);
    return new Decision(
        probe.isConsumed(),
        probe.getRemainingTokens(),
        probe.getNanosToWaitForReset(),
        probe.getNanosToWaitForRefill());
  }

  private Bucket full(Long key) {
    return Bucket.builder().addLimit(this::bandwidth).withCustomTimePrecision(clock).build();
  }

  private BandwidthBuilder.BandwidthBuilderBuildStage bandwidth(
      BandwidthBuilder.BandwidthBuilderCapacityStage limit) {
    return limit.capacity(rate.tokens()).refillGreedy(rate.tokens(), rate.period());
  }

  private record Clock(LongSupplier nanos) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanos.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
