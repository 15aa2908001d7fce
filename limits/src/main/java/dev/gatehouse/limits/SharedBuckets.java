package dev.gatehouse.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.resilience.ClusterSize;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Buckets shared by all instances. Most decisions are made from memory, see [SharedBucket]: tokens
/// are given on trust and taken from the shared bucket a moment later. What all instances together
/// may owe is a twentieth of the limit, so that at no time more than 105 % of it pass. Where a
/// twentieth is less than a token for each instance nothing is given on trust, and the shared
/// bucket is asked each time.
///
/// While that cannot be asked, each instance goes by its own part of the limit, beginning with what
/// was known of the shared bucket; and the first to ask again says what it knows, see
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
            reply -> {
              var _ =
                  reply.handle(
                      (answer, failure) -> {
                        if (failure == null) {
                          bucket.paid(answer.taken(), now + answer.debtNanos());
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
    var answer = shared.take(key, 1, bucket.knownDebt(refill, now));
    if (answer.isEmpty()) {
      return bucket.takeShare(refill.share(Math.max(1, instances.count())), now);
    }
    long debt = answer.get().debtNanos();
    bucket.learn(now + debt);
    return answer.get().taken() == 1 ? refill.decide(debt - refill.tokenNanos()) : refused(debt);
  }

  private Decision refused(long debt) {
    return new Decision(false, 0, debt, Math.max(1, debt + refill.tokenNanos() - refill.longest()));
  }
}
