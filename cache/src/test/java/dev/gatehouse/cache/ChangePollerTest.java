package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cache.ChangeFeed.Change;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangePollerTest {
  private static final Duration MEMORY = Duration.ofMinutes(6);
  private static final Change CHANGE = new Change("key", 2);

  private final NanoClock clock = new NanoClock();
  private final Freshness freshness = new Freshness(clock);
  private final List<Change> heard = new ArrayList<>();
  private final AtomicInteger missed = new AtomicInteger();
  private final ChangePoller watch =
      new ChangePoller(
          this::feed,
          heard::add,
          missed::incrementAndGet,
          freshness,
          MEMORY,
          clock,
          new PeriodicTasks(PeriodicTaskListener.NONE));
  private boolean away;

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void knowsOfAllChangesOnceItHasRead() {
    assertThat(freshness.hearsAll()).isFalse();
    watch.read();

    assertThat(heard).containsExactly(CHANGE);
    assertThat(freshness.hearsAll()).isTrue();
  }

  @Test
  void knowsOfNoneWhileTheStoreIsAway() {
    watch.read();
    clock.advance(Duration.ofSeconds(1));
    away = true;
    assertThatThrownBy(watch::read).isInstanceOf(Unavailable.class);
    assertThat(freshness.hearsAll()).isFalse();

    away = false;
    clock.advance(Duration.ofSeconds(1));
    watch.read();
    assertThat(freshness.hearsAll()).isTrue();
    assertThat(missed).hasValue(0);
  }

  @Test
  void saysThatChangesWereMissedAfterAGapTooLongToReadAgain() {
    watch.read();
    clock.advance(MEMORY.plusMillis(1));
    watch.read();

    assertThat(missed).hasValue(1);
  }

  private void feed(Duration memory, Consumer<Change> listener) {
    if (away) {
      throw Unavailable.dependency(new IllegalStateException("away"));
    }
    assertThat(memory).isEqualTo(MEMORY);
    listener.accept(CHANGE);
  }
}
