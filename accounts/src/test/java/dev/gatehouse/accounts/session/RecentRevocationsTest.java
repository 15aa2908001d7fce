package dev.gatehouse.accounts.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentRevocationsTest {
  /// Monotonic clocks begin anywhere, and run over.
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

  private final RecentRevocations revocations =
      new RecentRevocations(Duration.ofMinutes(5), nanos::get);

  @Test
  void knowsWhatEnded() {
    SessionId ended = session();
    revocations.add(List.of(ended));

    assertThat(revocations.contains(ended)).isTrue();
    assertThat(revocations.contains(session())).isFalse();
  }

  /// A minute more than a token lives, for clocks that differ.
  @Test
  void forgetsWhatNoTokenCanNameAnyMore() {
    SessionId ended = session();
    revocations.add(List.of(ended));

    advance(360);
    revocations.add(List.of(session()));
    assertThat(revocations.contains(ended)).isTrue();

    advance(60);
    revocations.add(List.of(session()));
    assertThat(revocations.contains(ended)).isFalse();
  }

  private void advance(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private static SessionId session() {
    return new SessionId(UUID.randomUUID());
  }
}
