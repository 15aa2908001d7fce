package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cache.BreakerListener.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RedisBreakerTest {
  private static final long QUICK = Duration.ofMillis(1).toNanos();
  private static final long SLOW = Duration.ofMillis(26).toNanos();

  private final List<State> states = new CopyOnWriteArrayList<>();
  private final RedisBreaker breaker = new RedisBreaker(Duration.ofMillis(25), states::add);

  @Test
  void staysClosedWhileMostCommandsAreQuick() {
    for (int command = 0; command < 100; command++) {
      assertThat(breaker.admitsCommand()).isTrue();
      breaker.answered(command % 3 == 0 ? SLOW : QUICK);
    }
    assertThat(breaker.admitsProbe()).isFalse();
    assertThat(states).isEmpty();
  }

  @Test
  void opensOnFailures() {
    open();

    assertThat(breaker.admitsCommand()).isFalse();
    assertThat(states).containsExactly(State.OPEN);
  }

  @Test
  void opensOnSlowAnswers() {
    for (int command = 0; command < 10; command++) {
      assertThat(breaker.admitsCommand()).isTrue();
      breaker.answered(SLOW);
    }
    assertThat(breaker.admitsCommand()).isFalse();
  }

  @Test
  void sendsAFewProbesAndNoCommandsBeforeItCloses() {
    open();
    await().atMost(Duration.ofSeconds(10)).until(breaker::admitsProbe);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    assertThat(breaker.admitsCommand()).isFalse();
    assertThat(breaker.admitsProbe()).isTrue();
    assertThat(breaker.admitsProbe()).isTrue();
    assertThat(breaker.admitsProbe()).isFalse();

    breaker.answered(QUICK);
    breaker.answered(QUICK);
    breaker.answered(QUICK);
    assertThat(breaker.admitsCommand()).isTrue();
    assertThat(states).containsExactly(State.OPEN, State.HALF_OPEN, State.CLOSED);
  }

  @Test
  void doesNotStayHalfOpenWhenProbesGetLost() {
    open();
    await().atMost(Duration.ofSeconds(10)).until(breaker::admitsProbe);

    await().atMost(Duration.ofSeconds(10)).until(() -> breaker.state() == State.OPEN);
    await().atMost(Duration.ofSeconds(10)).until(breaker::admitsProbe);
  }

  private void open() {
    for (int command = 0; command < 10; command++) {
      assertThat(breaker.admitsCommand()).isTrue();
      breaker.failed(QUICK, new IllegalStateException("away"));
    }
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }
}
