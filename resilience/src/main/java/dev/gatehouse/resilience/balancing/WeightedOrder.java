package dev.gatehouse.resilience.balancing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The order of turns that gives everybody its share and spreads each one's turns evenly: the k-th
/// turn of someone of weight w belongs at place (k + 1/2) / w. One pass through the order is exact.
final class WeightedOrder {
  /// More turns than this are scaled down, which costs shares up to a rounding of one turn.
  private static final int MOST_TURNS = 16_384;

  private WeightedOrder() {}

  /// The order of turns.
  ///
  /// @param weights at least 1 each
  /// @return positions in the weights, each at least once
  static int[] of(int[] weights) {
    int[] turns = scaled(weights);
    return IntStream.range(0, turns.length)
        .boxed()
        .flatMap(who -> turnsOf(who, turns[who]))
        .sorted(Comparator.comparingDouble(Turn::place).thenComparingInt(Turn::who))
        .mapToInt(Turn::who)
        .toArray();
  }

  private static Stream<Turn> turnsOf(int who, int turns) {
    return IntStream.range(0, turns).mapToObj(k -> new Turn((k + 0.5) / turns, who));
  }

  private static int[] scaled(int[] weights) {
    int divisor = Arrays.stream(weights).reduce(0, WeightedOrder::greatestCommonDivisor);
    long sum = Arrays.stream(weights).asLongStream().sum() / Math.max(1, divisor);
    if (sum <= MOST_TURNS) {
      return Arrays.stream(weights).map(weight -> weight / divisor).toArray();
    }
    double scale = (double) MOST_TURNS / sum / divisor;
    return Arrays.stream(weights).map(weight -> Math.max(1, (int) (weight * scale))).toArray();
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  private record Turn(double place, int who) {}
}
