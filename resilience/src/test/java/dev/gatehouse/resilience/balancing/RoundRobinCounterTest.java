package dev.gatehouse.resilience.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundRobinCounterTest {
  private static final int DRAWS = 200_000;

  @Test
  void dealsOutEveryPlaceInTurnFromTheFirst() {
    RoundRobinCounter turns = new RoundRobinCounter(3, 1);

    assertThat(new int[] {turns.next(), turns.next(), turns.next(), turns.next()})
        .containsExactly(1, 2, 0, 1);
  }

  @Test
  void placesEveryCountWhereDivisionWould() {
    Random random = new Random(11);
    for (int draw = 0; draw < DRAWS; draw++) {
      int places = 1 + random.nextInt(1 << random.nextInt(1, 31));
      long largest = Math.min(1L << 60, Long.highestOneBit((1L << 62) / places)) - 1;
      RoundRobinCounter turns = new RoundRobinCounter(places, 0);
      for (long count :
          new long[] {
            random.nextLong(1 + largest),
            largest - random.nextInt(3),
            random.nextInt(3),
            places - 1L,
            places
          }) {
        assertThat(turns.placeOf(count))
            .as("%d of %d", count, places)
            .isEqualTo((int) (count % places));
      }
    }
  }

  @Test
  void staysAmongThePlacesWhateverTheCount() {
    Random random = new Random(12);
    for (int draw = 0; draw < DRAWS; draw++) {
      int places = 1 + random.nextInt(1 << random.nextInt(1, 31));
      assertThat(new RoundRobinCounter(places, 0).placeOf(random.nextLong()))
          .isBetween(0, places - 1);
    }
  }
}
