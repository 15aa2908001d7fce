package dev.gatehouse.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KnownPairsTest {
  private final KnownPairs known = new KnownPairs(new Random(1));

  @Test
  void knowsWhatItWasTold() {
    known.add(5);
    known.add(5);

    assertThat(known.contains(5)).isTrue();
    assertThat(known.contains(6)).isFalse();
    assertThat(known.contains(0)).isFalse();
  }

  @Test
  void remembersHundredsOfThousands() {
    LongStream.range(1, 300_000).forEach(known::add);

    assertThat(LongStream.range(1, 300_000).filter(known::contains).count()).isGreaterThan(299_000);
    assertThat(LongStream.range(300_000, 600_000).filter(known::contains).count()).isZero();
  }

  @Test
  void forgetsThoseUnusedForLongest() {
    known.add(5);
    for (long pair = 1000; pair < 3_000_000; pair++) {
      known.add(pair);
      if (pair % 10_000 == 0) {
        assertThat(known.contains(5)).isTrue();
      }
    }

    assertThat(known.contains(1000)).isFalse();
    assertThat(known.contains(2_999_999)).isTrue();
  }
}
