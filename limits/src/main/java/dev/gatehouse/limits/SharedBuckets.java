package dev.gatehouse.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.resilience.ClusterSize;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Buckets shared by all instances. Memory makes most decisions, see [SharedBucket]: tokens are
/// given out locally and taken from the shared bucket shortly after. All instances together may owe
/// a twentieth of the limit, so at most 105 % of it pass. If a twentieth is less than one token for
/// each instance, every decision uses the shared bucket.
///
/// While the shared bucket is unavailable, each instance enforces its share of the limit, starting
/// with the last known state. The first call afterwards passes the local state on, see
/// [RedisTokens].
final class SharedBuckets implements Buckets {
  private static final int MOST = 20_000;
  private static final int PART_ON_TRUST = 20;

  private final Cache<Long, SharedBucket> buckets;
  private final Refill refill;
  private final RedisTokens shared;
  private final ClusterSize instances;
  private final LongSupplier nanos;

  SharedBuckets(Rate rate, RedisTokens shared, ClusterSize instances, LongSupplier nanos) {
    this.refill = Refill.of(rate);
    this.shared = shared;
    this.instances = instances;
    this.nanos = nanos;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(rate.period().multipliedBy(2))
            .ticker(nanos::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Decision take(long key) {
    SharedBucket bucket = bucket(key);
    Decision decision = takeAtOnce(key, bucket);
    return decision == null ? ask(key, bucket) : decision;
  }

  @Override
  public @Nullable Decision takeAtOnce(long key) {
    return takeAtOnce(key, bucket(key));
  }

  private SharedBucket bucket(long key) {
    return buckets.get(key, _ -> new SharedBucket(nanos.getAsLong()));
  }

  private @Nullable Decision takeAtOnce(long key, SharedBucket bucket) {
    int among = Math.max(1, instances.count());
    long now = nanos.getAsLong();
    if (!shared.up()) {
      return bucket.takeShare(refill.share(among), now);
    }
    long trust = refill.tokens() / PART_ON_TRUST / among;
    Decision decision = bucket.takeOnTrust(refill, trust, now);
    pay(key, bucket, Math.max(1, trust / 4), now);
    return decision;
  }

  private void pay(long key, SharedBucket bucket, long worth, long now) {
    long owed = bucket.beginPaying(refill, worth, now);
    if (owed == 0) {
      return;
    }
    shared
        .send(key, owed, bucket.knownDebt(refill, now))
        .ifPresentOrElse(
            pending -> {
              var _ =
                  pending.handle(
                      (reply, failure) -> {
                        if (failure == null) {
                          bucket.paid(reply.taken(), now + reply.debtNanos());
                        } else {
                          bucket.unpaid();
                        }
                        return null;
                      });
            },
            bucket::unpaid);
  }

  private Decision ask(long key, SharedBucket bucket) {
    long now = nanos.getAsLong();
    var reply = shared.take(key, 1, bucket.knownDebt(refill, now));
    if (reply.isEmpty()) {
      return bucket.takeShare(refill.share(Math.max(1, instances.count())), now);
    }
    long debt = reply.get().debtNanos();
    bucket.learn(now + debt);
    return reply.get().taken() == 1 ? refill.decide(debt - refill.tokenNanos()) : refused(debt);
  }

  private Decision refused(long debt) {
    return new Decision(false, 0, debt, Math.max(1, debt + refill.tokenNanos() - refill.longest()));
  }
}
