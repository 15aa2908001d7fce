package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.breaker.CircuitState;
import dev.gatehouse.resilience.breaker.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisHealthTest {
  private static final Duration QUICK = Duration.ofMillis(1);
  private static final Duration SLOW = Duration.ofMillis(26);
  private static final Duration OPEN = Duration.ofSeconds(1);

  private final List<CircuitState> states = new ArrayList<>();
  private long now = 1;
  private final RedisHealth health = new RedisHealth(Duration.ofMillis(25), () -> now, listener());

  @Test
  void isGoodWhileMostCommandsAreQuick() {
    for (int command = 0; command < 100; command++) {
      respond(command % 3 == 0 ? SLOW : QUICK);
    }
    assertThat(health.isGood()).isTrue();
    assertThat(health.admitProbe()).isEmpty();
    assertThat(states).isEmpty();
  }

  @Test
  void doubtsRedisFromTheFirstTimeoutToTheNextResponse() {
    respond(QUICK);
    fail(SLOW);
    assertThat(health.isGood()).isFalse();
    assertThat(health.state()).isEqualTo(CircuitState.CLOSED);

    Permit probe = health.admitProbe().orElseThrow();
    health.succeeded(probe);
    assertThat(health.isGood()).isTrue();
  }

  @Test
  void doesNotDoubtARedisThatRespondedToOthersMeanwhile() {
    Permit lost = health.admitCommand().orElseThrow();
    long sent = now;
    respond(QUICK);
    health.failed(lost, sent);

    assertThat(health.isGood()).isTrue();
  }

  @Test
  void opensOnFailures() {
    open();

    assertThat(health.admitCommand()).isEmpty();
    assertThat(states).containsExactly(CircuitState.OPEN);
  }

  @Test
  void opensOnSlowResponses() {
    for (int command = 0; command < 5; command++) {
      respond(SLOW);
    }
    assertThat(health.admitCommand()).isEmpty();
  }

  @Test
  void opensWithinASecondOfAHangHoweverMuchWentWellBefore() {
    for (int command = 0; command < 10_000; command++) {
      respond(Duration.ofNanos(100_000));
    }
    long began = now;
    while (health.state() == CircuitState.CLOSED) {
      fail(SLOW);
    }
    assertThat(Duration.ofNanos(now - began)).isLessThanOrEqualTo(Duration.ofMillis(1_100));
  }

  @Test
  void sendsAFewProbesOneAfterTheOtherAndNoCommandsBeforeItCloses() {
    open();
    assertThat(health.admitProbe()).isEmpty();
    pass(OPEN);
    for (int probe = 0; probe < 3; probe++) {
      Permit sent = health.admitProbe().orElseThrow();
      assertThat(health.admitProbe()).isEmpty();
      assertThat(health.admitCommand()).isEmpty();
      health.succeeded(sent);
    }

    assertThat(health.isGood()).isTrue();
    assertThat(states)
        .containsExactly(CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED);
  }

  @Test
  void sendsAnotherProbeWhenOneGetsLost() {
    open();
    pass(OPEN);
    assertThat(health.admitProbe()).isPresent();
    assertThat(health.admitProbe()).isEmpty();
    pass(Duration.ofSeconds(2));

    assertThat(health.admitProbe()).isPresent();
  }

  private void open() {
    for (int command = 0; command < 5; command++) {
      fail(QUICK);
    }
    assertThat(health.state()).isEqualTo(CircuitState.OPEN);
  }

  private void respond(Duration after) {
    Permit permit = health.admitCommand().orElseThrow();
    pass(after);
    health.succeeded(permit);
  }

  private void fail(Duration after) {
    Permit permit = health.admitCommand().orElseThrow();
    long sent = now;
    pass(after);
    health.failed(permit, sent);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private CircuitBreakerListener listener() {
    return new CircuitBreakerListener() {
      @Override
      public void changed(String breaker, CircuitState from, CircuitState to) {
        states.add(to);
      }

      @Override
      public void refused(String breaker) {}
    };
  }
}
