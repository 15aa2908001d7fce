package dev.gatehouse.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalBucketsTest {
  private static final long ADDRESS = 7;

  private final ManualNanos nanos = new ManualNanos();

  @Test
  void allowsAsManyAsThereAreTokens() {
    Buckets buckets = buckets(3, Duration.ofMinutes(1), 100);

    assertThat(buckets.take(ADDRESS))
        .isEqualTo(new Decision(true, 2, Duration.ofSeconds(20).toNanos(), 0));
    assertThat(buckets.take(ADDRESS).remaining()).isEqualTo(1);
    assertThat(buckets.take(ADDRESS).remaining()).isZero();
    Decision refused = buckets.take(ADDRESS);
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(20));
    assertThat(buckets.take(ADDRESS + 1).allowed()).isTrue();
  }

  @Test
  void fillsEvenlyAndNeverAboveItsSize() {
    Buckets buckets = buckets(3, Duration.ofMinutes(1), 100);
    drain(buckets, ADDRESS);

    nanos.advance(Duration.ofSeconds(19));
    assertThat(buckets.take(ADDRESS).allowed()).isFalse();
    nanos.advance(Duration.ofSeconds(1));
    assertThat(buckets.take(ADDRESS).allowed()).isTrue();
    assertThat(buckets.take(ADDRESS).allowed()).isFalse();
    nanos.advance(Duration.ofDays(400));
    assertThat(drain(buckets, ADDRESS)).isEqualTo(3);
  }

  @Test
  void doesNotForgetTheImpatient() {
    Buckets buckets = buckets(10, Duration.ofSeconds(1), 100);
    drain(buckets, ADDRESS);
    int allowed = 0;
    for (int attempt = 0; attempt < 1000; attempt++) {
      nanos.advance(Duration.ofMillis(10));
      allowed += buckets.take(ADDRESS).allowed() ? 1 : 0;
    }

    assertThat(allowed).isEqualTo(100);
  }

  @Test
  void keepsWhoeverIsActiveWhileAFloodPassesBy() {
    Buckets buckets = buckets(5, Duration.ofMinutes(1), 1000);
    drain(buckets, ADDRESS);
    int allowed = 0;
    for (int stranger = 0; stranger < 100_000; stranger++) {
      buckets.take(1_000_000 + stranger);
      allowed += stranger % 100 == 0 && buckets.take(ADDRESS).allowed() ? 1 : 0;
    }

    assertThat(allowed).isZero();
  }

  @Test
  void allowsNoMoreToManyAtOnce() throws Exception {
    Buckets buckets = buckets(50, Duration.ofHours(1), 100);
    var start = new CountDownLatch(1);
    var takers = new ArrayList<Future<Long>>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int taker = 0; taker < 8; taker++) {
        takers.add(
            threads.submit(
                () -> {
                  start.await();
                  return IntStream.range(0, 100)
                      .filter(_ -> buckets.take(ADDRESS).allowed())
                      .count();
                }));
      }
      start.countDown();
      long allowed = 0;
      for (Future<Long> taker : takers) {
        allowed += taker.get();
      }
      assertThat(allowed).isEqualTo(50);
    }
  }

  private static long drain(Buckets buckets, long key) {
    return IntStream.range(0, 1000).takeWhile(_ -> buckets.take(key).allowed()).count();
  }

  private Buckets buckets(long tokens, Duration period, int most) {
    return new LocalBuckets(new Rate(tokens, period), most, nanos);
  }
}
