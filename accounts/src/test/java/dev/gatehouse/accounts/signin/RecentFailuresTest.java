package dev.gatehouse.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.password.PasswordHasher.Trust;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentFailuresTest {
  private final AtomicLong millis = new AtomicLong(-1_700_000_000_000L);
  private final RecentFailures failures =
      new RecentFailures(() -> TimeUnit.MILLISECONDS.toNanos(millis.get()), new Random(1));

  @Test
  void trustsStrangers() {
    assertThat(failures.standing("ada@example.org", "192.0.2.1")).isEqualTo(Trust.NORMAL);
  }

  @Test
  void toleratesAFewMistakes() {
    fail("ada@example.org", "192.0.2.1", 3);

    assertThat(failures.standing("ada@example.org", "192.0.2.1")).isEqualTo(Trust.NORMAL);
  }

  @Test
  void suspectsAnAddressThatKeepsFailing() {
    fail("ada@example.org", "192.0.2.1", 5);

    assertThat(failures.standing("bob@example.org", "192.0.2.1")).isEqualTo(Trust.LOW);
  }

  @Test
  void suspectsStrangersAtAnAccountUnderAttackButNotItsOwner() {
    failures.succeeded("ada@example.org", "198.51.100.7");
    for (int i = 0; i < 200; i++) {
      failures.failed("ada@example.org", "192.0.2." + i);
    }

    assertThat(failures.standing("ada@example.org", "203.0.113.1")).isEqualTo(Trust.LOW);
    assertThat(failures.standing("ada@example.org", "198.51.100.7")).isEqualTo(Trust.NORMAL);
    assertThat(failures.standing("bob@example.org", "203.0.113.1")).isEqualTo(Trust.NORMAL);
  }

  @Test
  void forgivesWithTime() {
    fail("ada@example.org", "192.0.2.1", 20);
    assertThat(failures.standing("ada@example.org", "192.0.2.1")).isEqualTo(Trust.LOW);

    millis.addAndGet(Duration.ofMinutes(20).toMillis());

    assertThat(failures.standing("ada@example.org", "192.0.2.1")).isEqualTo(Trust.NORMAL);
  }

  private void fail(String account, String ip, int times) {
    for (int i = 0; i < times; i++) {
      failures.failed(account, ip);
    }
  }
}
