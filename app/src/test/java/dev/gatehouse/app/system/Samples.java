package dev.gatehouse.app.system;

import java.util.Arrays;
import java.util.Random;

/// Statistics of measured times.
final class Samples {
  private static final int RESAMPLES = 2_000;

  private Samples() {}

  /// An interval that holds a value with a probability of 95 %.
  record Interval(double low, double high) {
    /// Whether all of it is that close to zero.
    boolean within(double distance) {
      return low >= -distance && high <= distance;
    }
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /// By how much the median of one set exceeds that of another, by bootstrap: both are drawn again
  /// from themselves, many times (Efron's percentile method).
  static Interval medianDifference(double[] one, double[] other, Random random) {
    double[] differences = new double[RESAMPLES];
    for (int round = 0; round < RESAMPLES; round++) {
      differences[round] = median(drawn(one, random)) - median(drawn(other, random));
    }
    Arrays.sort(differences);
    return new Interval(
        differences[(int) (0.025 * RESAMPLES)], differences[(int) (0.975 * RESAMPLES)]);
  }

  private static double[] drawn(double[] values, Random random) {
    double[] drawn = new double[values.length];
    for (int place = 0; place < drawn.length; place++) {
      drawn[place] = values[random.nextInt(values.length)];
    }
    return drawn;
  }
}
