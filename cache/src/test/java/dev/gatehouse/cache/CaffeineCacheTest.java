package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CaffeineCacheTest extends CacheContract {
  private final CaffeineCache cache =
      new CaffeineCache(1_000_000, 1_000, Duration.ofMinutes(2), System::nanoTime);

  @Override
  Cache cache() {
    return cache;
  }

  @Test
  void staysWithinItsWeight() {
    var small = new CaffeineCache(100_000, 10, Duration.ofMinutes(2), System::nanoTime);
    for (int key = 0; key < 1_000; key++) {
      small.set(Integer.toString(key), Entry.of(1, new byte[10_000]), LONG);
    }

    long held = 0;
    for (int key = 0; key < 1_000; key++) {
      held += small.get(Integer.toString(key)).isPresent() ? 1 : 0;
    }
    assertThat(held).isBetween(1L, 10L);
  }

  @Test
  void knowsWhenInvalidationsWereForgottenForWantOfRoom() {
    var clock = new NanoClock();
    var small = new CaffeineCache(100_000, 10, Duration.ofMinutes(2), clock);
    assertThat(small.remembersAll()).isTrue();

    for (int key = 0; key < 1_000; key++) {
      small.invalidate(Integer.toString(key), 2);
    }
    assertThat(small.remembersAll()).isFalse();

    clock.advance(Duration.ofMinutes(3));
    assertThat(small.remembersAll()).isTrue();
  }

  @Test
  void refusesWhatWasLoadedBeforeEverythingWasForgotten() {
    var clock = new NanoClock();
    var emptied = new CaffeineCache(100_000, 10, Duration.ofMinutes(2), clock);
    long before = clock.getAsLong();
    emptied.set("key", entry(1, "one"), LONG);

    clock.advance(Duration.ofMillis(1));
    emptied.clear();

    assertThat(emptied.get("key")).isEmpty();
    assertThat(emptied.keep("key", entry(1, "one"), LONG, before)).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(emptied.keep("key", entry(1, "one"), LONG, clock.getAsLong())).isTrue();
  }
}
