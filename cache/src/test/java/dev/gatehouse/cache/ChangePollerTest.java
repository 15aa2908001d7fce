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
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangePollerTest {
  private static final Duration MEMORY = Duration.ofMinutes(6);
  private static final Change CHANGE = new Change("key", 2);

  private final NanoClock clock = new NanoClock();
  private final Freshness freshness = new Freshness(clock);
  private final List<Change> heard = new ArrayList<>();
  private final AtomicInteger missed = new AtomicInteger();
  private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();
  private final AtomicReference<Optional<Throwable>> unexpected =
      new AtomicReference<>(Optional.empty());
  private final ChangePoller watch =
      new ChangePoller(
          this::feed,
          heard::add,
          missed::incrementAndGet,
          freshness,
          MEMORY,
          clock,
          new PeriodicTasks(new Reports()));
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

  @ParameterizedTest
  @MethodSource("faults")
  void goesOnAfterWhatNothingExpects(Throwable fault) throws InterruptedException {
    unexpected.set(Optional.of(fault));
    watch.start();

    assertThat(reports.poll(20, TimeUnit.SECONDS)).isEqualTo("user-changes began");
    assertThat(reports.poll(20, TimeUnit.SECONDS)).isEqualTo("user-changes ended after 1");
  }

  static Stream<Throwable> faults() {
    return Stream.of(new IllegalStateException("a bug"), new StackOverflowError("deep"));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private final class Reports implements PeriodicTaskListener {
    @Override
    public void outageBegan(String task, Throwable cause) {
      reports.add(task + " began");
    }

    @Override
    public void outageEnded(String task, int failures, Duration lasted) {
      reports.add(task + " ended after " + failures);
    }
  }

  private void feed(Duration memory, Consumer<Change> listener) {
    unexpected.getAndSet(Optional.empty()).ifPresent(ChangePollerTest::<RuntimeException>raise);
    if (away) {
      throw Unavailable.dependency(new IllegalStateException("away"));
    }
    assertThat(memory).isEqualTo(MEMORY);
    listener.accept(CHANGE);
  }
}
