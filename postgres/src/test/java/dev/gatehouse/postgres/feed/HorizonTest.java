package dev.gatehouse.postgres.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.postgres.feed.FeedTable.Cursor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HorizonTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Horizon horizon = new Horizon(now::get);

  @Test
  void isZeroWhileNoTransactionIsSeenTwice() {
    assertThat(horizon.age()).isZero();
    read("{}", 1);
    assertThat(horizon.age()).isZero();
    read("{7}", 1);
    assertThat(horizon.age()).isZero();
    read("{8,9}", 1);
    assertThat(horizon.age()).isZero();
  }

  @Test
  void growsWithTheOldestTransactionAndFallsToTheNext() {
    read("{7}", 0);
    read("{7,12}", 60);
    read("{7,12,13}", 30);
    assertThat(horizon.age()).isEqualTo(Duration.ofSeconds(90));

    read("{12,20}", 10);
    assertThat(horizon.age()).isEqualTo(Duration.ofSeconds(40));

    read("{}", 10);
    assertThat(horizon.age()).isZero();
  }

  private void read(String running, long secondsLater) {
    now.addAndGet(Duration.ofSeconds(secondsLater).toNanos());
    horizon.observe(new Cursor("99", running, 1));
  }
}
