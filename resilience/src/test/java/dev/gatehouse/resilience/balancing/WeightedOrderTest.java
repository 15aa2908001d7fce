package dev.gatehouse.resilience.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightedOrderTest {
  @Test
  void givesEqualsOneTurnEachInTheirOrder() {
    assertThat(WeightedOrder.of(new int[] {7, 7, 7})).containsExactly(0, 1, 2);
  }

  @Test
  void spreadsTheTurnsOfTheHeavyBetweenThoseOfTheLight() {
    assertThat(WeightedOrder.of(new int[] {3, 1, 1})).containsExactly(0, 0, 1, 2, 0);
    assertThat(WeightedOrder.of(new int[] {20, 20, 10})).containsExactly(0, 1, 2, 0, 1);
  }

  @Test
  void givesEachItsShareExactly() {
    int[] turns = WeightedOrder.of(new int[] {5, 3, 2, 1});

    assertThat(turns).hasSize(11);
    for (int who = 0; who < 4; who++) {
      int index = who;
      assertThat(Arrays.stream(turns).filter(turn -> turn == index).count())
          .isEqualTo(new int[] {5, 3, 2, 1}[who]);
    }
  }

  @Test
  void staysBoundedWithManyHeavyOnesOfDifferentWeights() {
    int[] weights = new int[1_000];
    Arrays.setAll(weights, i -> 900 + i % 97);

    int[] turns = WeightedOrder.of(weights);

    assertThat(turns.length).isBetween(1_000, 16_384);
    assertThat(Arrays.stream(turns).distinct().count()).isEqualTo(1_000);
  }

  @Test
  void isEmptyForNobody() {
    assertThat(WeightedOrder.of(new int[0])).isEmpty();
  }
}
