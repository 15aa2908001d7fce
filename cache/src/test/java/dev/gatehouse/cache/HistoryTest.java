package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.ChangeFeed.Change;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Duration BOUND = Duration.ofNanos(100);

  private final History history = new History();

  @Test
  void acceptsAReadThatMayHaveOverlappedAWrite() {
    history.wrote(1, "key", 1, 0, 10);
    history.wrote(1, "key", 2, 20, 40);
    history.read(1, "key", 1, 30, 35);
    history.read(1, "key", 2, 30, 35);
    history.read(2, "key", 1, 130, 135);

    assertThat(history.violations(BOUND)).isEmpty();
  }

  @Test
  void findsAWriteNotSeenByTheInstanceThatWrote() {
    history.wrote(1, "key", 1, 0, 10);
    history.wrote(1, "key", 2, 20, 40);
    history.read(1, "key", 1, 41, 45);

    assertThat(history.violations(BOUND)).hasSize(1);
  }

  @Test
  void findsAWriteNotSeenByAnotherInstanceInTime() {
    history.wrote(1, "key", 2, 20, 40);
    history.read(2, "key", 1, 141, 145);

    assertThat(history.violations(BOUND)).hasSize(1);
  }

  @Test
  void findsAReadOfWhatWasNotYetWritten() {
    history.wrote(1, "key", 1, 0, 10);
    history.read(2, "key", 2, 20, 30);

    assertThat(history.violations(BOUND)).hasSize(1);
  }

  @Test
  void findsADeletedThingThatIsServed() {
    history.wrote(1, "key", 1, 0, 10);
    history.wrote(1, "key", Change.DELETED, 20, 30);
    history.read(1, "key", 0, 40, 50);
    history.read(2, "key", 1, 120, 125);
    assertThat(history.violations(BOUND)).isEmpty();

    history.read(2, "key", 1, 131, 140);
    assertThat(history.violations(BOUND)).hasSize(1);
  }
}
