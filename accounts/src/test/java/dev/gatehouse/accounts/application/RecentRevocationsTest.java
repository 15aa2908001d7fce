package dev.gatehouse.accounts.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.model.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentRevocationsTest {
  private final AtomicLong seconds = new AtomicLong(1_700_000_000L);
  private final RecentRevocations revocations =
      new RecentRevocations(Duration.ofMinutes(5), () -> Instant.ofEpochSecond(seconds.get()));

  @Test
  void knowsWhatEnded() {
    SessionId ended = session();
    revocations.add(List.of(ended));

    assertThat(revocations.contains(ended)).isTrue();
    assertThat(revocations.contains(session())).isFalse();
  }

  @Test
  void forgetsWhatNoTokenCanNameAnyMore() {
    SessionId ended = session();
    revocations.add(List.of(ended));

    seconds.addAndGet(300);
    revocations.add(List.of(session()));
    assertThat(revocations.contains(ended)).isTrue();

    seconds.addAndGet(60);
    revocations.add(List.of(session()));
    assertThat(revocations.contains(ended)).isFalse();
  }

  private static SessionId session() {
    return new SessionId(UUID.randomUUID());
  }
}
