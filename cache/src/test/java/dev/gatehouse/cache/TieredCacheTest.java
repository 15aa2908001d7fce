package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TieredCacheTest extends CacheContract {
  private static final Duration MEMORY = Duration.ofMinutes(6);

  private final CaffeineCache shared = caffeine();
  private final Freshness freshness = new Freshness(System::nanoTime);
  private final TieredCache cache = tiered(freshness);

  @BeforeEach
  void hearOfAllChanges() {
    freshness.heardOfAllBefore(System.nanoTime() + Duration.ofHours(1).toNanos());
  }

  @Override
  Cache cache() {
    return cache;
  }

  @Test
  void findsInTheFarTierWhatAnotherInstanceSet() {
    tiered(freshness).set("key", entry(1, "one"), LONG);

    assertThat(cache.peek("key")).isEmpty();
    assertThat(cache.get("key")).contains(entry(1, "one"));
    assertThat(cache.peek("key")).contains(entry(1, "one"));
  }

  @Test
  void believesNothingInTheFarTierThatIsOlderThanAChangeItHeardOf() {
    shared.set("key", entry(1, "one"), LONG);

    assertThat(cache.changed(new ChangeFeed.Change("key", 2))).isTrue();
    assertThat(cache.get("key")).isEmpty();
  }

  @Test
  void asksNoFarTierWhileItHearsOfNoChanges() {
    var deaf = tiered(new Freshness(System::nanoTime));
    shared.set("key", entry(1, "one"), LONG);

    assertThat(deaf.get("key")).isEmpty();
  }

  @Test
  void servesForLessThanASecondWhatItHoldsWhileItHearsOfNoChanges() {
    var clock = new NanoClock();
    var deaf = tiered(new Freshness(clock), clock);
    deaf.setLoaded("key", entry(1, "one"), clock.getAsLong());
    clock.advance(Duration.ofMillis(900));
    assertThat(deaf.get("key")).isPresent();

    clock.advance(Duration.ofMillis(1));
    assertThat(deaf.get("key")).isEmpty();
    assertThat(deaf.lastKnown("key")).isPresent();

    clock.advance(Duration.ofMinutes(1));
    assertThat(deaf.lastKnown("key")).isEmpty();
  }

  @Test
  void servesNothingAnyMoreOnceItHearsOfNoChanges() {
    var clock = new NanoClock();
    var deafened = new Freshness(clock);
    var tiers = tiered(deafened, clock);
    tiers.setLoaded("key", entry(1, "one"), clock.getAsLong());
    clock.advance(Duration.ofSeconds(10));
    deafened.heardOfAllBefore(clock.getAsLong());
    assertThat(tiers.peek("key")).isPresent();

    clock.advance(Duration.ofSeconds(1));
    assertThat(tiers.peek("key")).isEmpty();
  }

  @Test
  void measuresTheAgeOfALoadFromItsBeginning() {
    var clock = new NanoClock();
    var deaf = tiered(new Freshness(clock), clock);
    long began = clock.getAsLong();
    clock.advance(Duration.ofSeconds(2));
    deaf.setLoaded("key", entry(1, "one"), began);

    assertThat(deaf.get("key")).isEmpty();
  }

  private TieredCache tiered(Freshness fresh) {
    return tiered(fresh, System::nanoTime);
  }

  private TieredCache tiered(Freshness fresh, java.util.function.LongSupplier clock) {
    var lifetimes = new TtlPolicy(Duration.ofMinutes(5), new Random(1));
    var near = new CaffeineCache(1_000_000, 1_000, MEMORY, clock);
    return new TieredCache("test", near, shared, fresh, lifetimes, CacheListener.NONE, clock);
  }

  private static CaffeineCache caffeine() {
    return new CaffeineCache(1_000_000, 1_000, MEMORY, System::nanoTime);
  }
}
