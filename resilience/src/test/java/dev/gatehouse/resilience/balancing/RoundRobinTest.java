package dev.gatehouse.resilience.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RoundRobinTest {
  private static final int THREADS = 8;

  @Test
  void isExactlyFairOverAMillionPicksOfEightThreads() throws Exception {
    LoadBalancer<Place> balancer = balancer(Place.many(10));

    Map<String, Integer> counts = sum(onAllThreads(() -> counts(balancer, 1_000_000 / THREADS)));

    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_000_000);
    assertThat(difference(counts)).isLessThanOrEqualTo(1);
  }

  @Test
  void isExactlyFairWhenTheTurnsDoNotComeOutEven() throws Exception {
    LoadBalancer<Place> balancer = balancer(Place.many(7));

    Map<String, Integer> counts = sum(onAllThreads(() -> counts(balancer, 100_001)));

    assertThat(difference(counts)).isEqualTo(1);
  }

  @Test
  void givesEachItsWeight() {
    Balancer balancer =
        Balancer.inTurn(
            List.of(Place.named("a").weighing(3), Place.named("b"), Place.named("c").weighing(2)));

    assertThat(balancer.counts(6_000)).isEqualTo(Map.of("a", 3_000, "b", 1_000, "c", 2_000));
  }

  /// Lists come and go while threads pick. Each list has its own ids, so that every pick tells
  /// which list it came from: from each list, whatever was picked was picked evenly, and no one
  /// picks from a list that had been replaced before the pick began.
  @Test
  @Timeout(60)
  void staysExactForEachListWhileListsAreSwapped() throws Exception {
    int lists = 300;
    LoadBalancer<Place> balancer = balancer(generation(0));
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger latest = new AtomicInteger();
    LongAdder picks = new LongAdder();
    LongAdder stale = new LongAdder();
    Callable<Map<String, Integer>> picking =
        () -> {
          Map<String, Integer> counts = new HashMap<>();
          while (!done.get()) {
            int atLeast = latest.get();
            String id = Balancer.chosen(balancer.pick()).target().id();
            if (Integer.parseInt(id.substring(0, id.indexOf('-'))) < atLeast) {
              stale.increment();
            }
            counts.merge(id, 1, Integer::sum);
            picks.increment();
          }
          return counts;
        };
    Thread swapping =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int list = 1; list <= lists; list++) {
                    balancer.update(generation(list));
                    latest.set(list);
                    awaitPicks(picks, picks.sum() + 20);
                  }
                  done.set(true);
                });

    Map<String, Integer> counts = sum(onAllThreads(picking));
    swapping.join();

    assertThat(latest).hasValue(lists);
    assertThat(stale.sum()).isZero();
    for (int list = 0; list <= lists; list++) {
      Map<String, Integer> ofList = new HashMap<>();
      for (Place place : generation(list)) {
        ofList.put(place.id(), counts.getOrDefault(place.id(), 0));
      }
      assertThat(difference(ofList)).as("list %d", list).isLessThanOrEqualTo(1);
    }
  }

  private static void awaitPicks(LongAdder picks, long atLeast) {
    while (picks.sum() < atLeast) {
      Thread.onSpinWait();
    }
  }

  private static List<Place> generation(int list) {
    return Place.many(2 + list % 4).stream()
        .map(place -> Place.named(list + "-" + place.id()))
        .toList();
  }

  private static LoadBalancer<Place> balancer(List<Place> places) {
    LoadBalancer<Place> balancer =
        new LoadBalancer<>(
            BalancerSettings.of(Policy.ROUND_ROBIN),
            bound -> ThreadLocalRandom.current().nextInt(bound),
            System::nanoTime,
            BalancerListener.NONE,
            CircuitBreakerListener.NONE);
    balancer.update(places);
    return balancer;
  }

  private static Map<String, Integer> counts(LoadBalancer<Place> balancer, int picks) {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < picks; i++) {
      counts.merge(Balancer.chosen(balancer.pick()).target().id(), 1, Integer::sum);
    }
    return counts;
  }

  private static <R> List<R> onAllThreads(Callable<R> work) throws Exception {
    CountDownLatch ready = new CountDownLatch(THREADS);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<R>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return work.call();
                }));
      }
      List<R> results = new ArrayList<>();
      for (Future<R> each : running) {
        results.add(each.get());
      }
      return results;
    }
  }

  private static Map<String, Integer> sum(List<Map<String, Integer>> parts) {
    Map<String, Integer> sum = new HashMap<>();
    parts.forEach(part -> part.forEach((id, count) -> sum.merge(id, count, Integer::sum)));
    return sum;
  }

  private static int difference(Map<String, Integer> counts) {
    return Collections.max(counts.values()) - Collections.min(counts.values());
  }
}
