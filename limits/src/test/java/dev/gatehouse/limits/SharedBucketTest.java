package dev.gatehouse.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Ten tokens, one a second.
class SharedBucketTest {
  private static final Refill REFILL = Refill.of(new Rate(10, Duration.ofSeconds(10)));
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long NOW = Long.MAX_VALUE - SECOND;

  private final SharedBucket bucket = new SharedBucket(NOW);

  @Test
  void givesOnTrustWhatMayBeOwedAndThenAsks() {
    assertThat(bucket.takeOnTrust(REFILL, 2, NOW)).isEqualTo(allowed(9));
    assertThat(bucket.takeOnTrust(REFILL, 2, NOW)).isEqualTo(allowed(8));
    assertThat(bucket.takeOnTrust(REFILL, 2, NOW)).isNull();
  }

  @Test
  void givesAgainWhatIsPaid() {
    bucket.takeOnTrust(REFILL, 2, NOW);
    bucket.takeOnTrust(REFILL, 2, NOW);
    assertThat(bucket.beginPaying(REFILL, 1, NOW)).isEqualTo(2);
    assertThat(bucket.beginPaying(REFILL, 1, NOW)).as("one at a time").isZero();

    bucket.paid(2, NOW + 5 * SECOND);

    assertThat(bucket.takeOnTrust(REFILL, 2, NOW)).isEqualTo(allowed(4));
  }

  @Test
  void owesOnWhenNothingIsHeard() {
    bucket.takeOnTrust(REFILL, 1, NOW);
    assertThat(bucket.beginPaying(REFILL, 1, NOW)).isEqualTo(1);

    bucket.unpaid();

    assertThat(bucket.takeOnTrust(REFILL, 1, NOW)).isNull();
    assertThat(bucket.beginPaying(REFILL, 1, NOW)).isEqualTo(1);
  }

  @Test
  void refusesFromMemoryUntilThereIsATokenAgain() {
    bucket.learn(NOW + 10 * SECOND);

    assertThat(bucket.takeOnTrust(REFILL, 2, NOW))
        .isEqualTo(new Decision(false, 0, 10 * SECOND, SECOND));
    assertThat(bucket.beginPaying(REFILL, 0, NOW)).as("it would be in vain").isZero();
    assertThat(bucket.takeOnTrust(REFILL, 0, NOW + SECOND)).as("to be asked").isNull();
  }

  @Test
  void goesOnAloneFromWhatWasKnown() {
    bucket.learn(NOW + 6 * SECOND);
    Refill share = REFILL.share(2);

    assertThat(bucket.takeShare(share, NOW).allowed()).isTrue();
    assertThat(bucket.takeShare(share, NOW).allowed()).isTrue();
    assertThat(bucket.takeShare(share, NOW).allowed()).as("half of what was left").isFalse();
    assertThat(bucket.knownDebt(REFILL, NOW)).as("for the shared one").isEqualTo(10 * SECOND);
  }

  @Test
  void leavesEachInstanceSomethingOfASmallLimit() {
    Refill share = Refill.of(new Rate(1, Duration.ofSeconds(10))).share(3);

    assertThat(bucket.takeShare(share, NOW).allowed()).isTrue();
    assertThat(bucket.takeShare(share, NOW + 29 * SECOND).allowed()).isFalse();
    assertThat(bucket.takeShare(share, NOW + 30 * SECOND).allowed()).isTrue();
  }

  private static Decision allowed(long remaining) {
    return new Decision(true, remaining, (10 - remaining) * SECOND, 0);
  }
}
