package dev.gatehouse.resilience.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ServiceTimeTest {
  private final ServiceTime serviceTime = new ServiceTime(30_000_000);

  @Test
  void isTheFirstEstimateUntilTold() {
    assertThat(serviceTime.nanos()).isEqualTo(30_000_000);
  }

  @Test
  void followsTheSamples() {
    for (int task = 0; task < 64; task++) {
      serviceTime.record(60_000_000);
    }
    assertThat(serviceTime.nanos()).isCloseTo(60_000_000, within(1_000_000L));
  }

  @Test
  void isMovedLittleByOneOutlier() {
    serviceTime.record(60_000_000);
    assertThat(serviceTime.nanos()).isLessThan(32_000_000);
  }

  @Test
  void staysAboveZero() {
    for (int task = 0; task < 1_000; task++) {
      serviceTime.record(0);
    }
    assertThat(serviceTime.nanos()).isEqualTo(1);
  }
}
