package dev.gatehouse.cache;

import static dev.gatehouse.cache.CacheContract.entry;
import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.resilience.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadThroughTest {
  private static final int READERS = 1_000;

  private final CaffeineCache near =
      new CaffeineCache(1_000_000, 1_000, Duration.ofMinutes(6), System::nanoTime);
  private final Freshness freshness = new Freshness(System::nanoTime);
  private final TieredCache cache =
      new TieredCache(
          "test",
          near,
          new NoCache(),
          freshness,
          new TtlPolicy(Duration.ofMinutes(5), new Random(1)),
          CacheListener.NONE,
          System::nanoTime);
  private final ReadThrough reads = new ReadThrough(cache, System::nanoTime);

  @BeforeEach
  void hearOfAllChanges() {
    freshness.heardOfAllBefore(System.nanoTime() + Duration.ofHours(1).toNanos());
  }

  @Test
  void loadsOnceForAThousandWhoMissAtTheSameTime() throws Exception {
    var loads = new AtomicInteger();
    var ready = new CountDownLatch(READERS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Entry>> results = new ArrayList<>();
      for (int reader = 0; reader < READERS; reader++) {
        results.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return reads.get("key", () -> entry(loads.incrementAndGet(), "loaded"));
                }));
      }
      for (Future<Entry> result : results) {
        assertThat(result.get()).isEqualTo(entry(1, "loaded"));
      }
    }
    assertThat(loads).hasValue(1);
  }

  @Test
  void failsThoseWhoWaitedForALoadThatFailedAndNobodyElse() throws Exception {
    var loading = new CountDownLatch(1);
    var fail = new CountDownLatch(1);
    var leader = new FutureTask<>(() -> reads.get("key", () -> fail(loading, fail)));
    var waiter = new FutureTask<>(() -> reads.get("key", () -> entry(9, "unexpected")));
    Thread.ofVirtual().start(leader);
    loading.await();
    Thread waiting = Thread.ofPlatform().start(waiter);
    Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    fail.countDown();

    assertThatThrownBy(leader::get).hasRootCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(waiter::get).hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(reads.get("key", () -> entry(1, "one"))).isEqualTo(entry(1, "one"));
  }

  @Test
  void neverLetsASlowLoadReplaceANewerValue() {
    Entry old =
        reads.get(
            "key",
            () -> {
              reads.invalidate("key", 2);
              reads.get("key", () -> entry(2, "new"));
              return entry(1, "old");
            });

    assertThat(old).isEqualTo(entry(1, "old"));
    assertThat(reads.get("key", () -> entry(9, "unexpected"))).isEqualTo(entry(2, "new"));
  }

  @Test
  void neverLetsASlowLoadBringBackWhatWasDeleted() {
    reads.get(
        "key",
        () -> {
          reads.invalidate("key", ChangeFeed.Change.DELETED);
          return entry(1, "deleted");
        });

    assertThat(reads.get("key", Entry::absent).isAbsent()).isTrue();
  }

  @Test
  void letsNobodyJoinALoadBegunBeforeAWrite() throws Exception {
    var loading = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Entry> slow =
          threads.submit(
              () ->
                  reads.get(
                      "key",
                      () -> {
                        loading.countDown();
                        await(go);
                        return entry(1, "old");
                      }));
      loading.await();
      reads.invalidate("key", 2);

      assertThat(reads.get("key", () -> entry(2, "new"))).isEqualTo(entry(2, "new"));
      go.countDown();
      assertThat(slow.get()).isEqualTo(entry(1, "old"));
    }
  }

  @Test
  void waitsForAnothersLoadNoLongerThanItsDeadline() throws Exception {
    var loading = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow = threads.submit(() -> reads.get("key", () -> slowly(loading, go)));
      loading.await();

      assertRefused(
          ErrorCode.DEADLINE_EXCEEDED,
          () ->
              Deadline.after(Duration.ofMillis(20))
                  .run(() -> reads.get("key", () -> entry(9, "unexpected"))));
      go.countDown();
      assertThat(slow.get()).isEqualTo(entry(1, "slow"));
    }
  }

  private static Entry slowly(CountDownLatch loading, CountDownLatch go) {
    loading.countDown();
    await(go);
    return entry(1, "slow");
  }

  private static Entry fail(CountDownLatch loading, CountDownLatch fail) {
    loading.countDown();
    await(fail);
    throw new IllegalStateException("the loader fails");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }
}
