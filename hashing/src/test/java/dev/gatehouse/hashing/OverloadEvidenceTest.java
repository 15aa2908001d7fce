package dev.gatehouse.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.password.PasswordHasher.Trust;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.hashing.argon2.HashParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Ten times the work the machine can do, arriving at a constant rate whatever becomes of it. The
/// figures go to standard output. Everybody accepted must be served in time, all of them; of those
/// refused, 99 in a hundred at once, since a machine that turns slower refuses some it had let in.
@Tag("evidence")
class OverloadEvidenceTest {
  private static final int WORKERS = Runtime.getRuntime().availableProcessors();
  private static final Duration MEASURED = Duration.ofSeconds(6);
  private static final Duration LOAD = Duration.ofSeconds(15);
  private static final Duration RAMP = Duration.ofSeconds(2);
  private static final int FACTOR = 10;

  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final LongAdder hashingNanos = new LongAdder();

  @Test
  void doesNinetyPercentOfItsCapacityUnderTenTimesTheLoad() throws Exception {
    var settings = new HashingSettings(HashParameters.RECOMMENDED, WORKERS, Duration.ofSeconds(1));
    double before = capacity();
    try (var hashing = Hashing.start(settings, listener())) {
      offer(hashing, FACTOR * before, LOAD);
    }
    double after = capacity();
    double capacity = (before + after) / 2;

    double goodput = goodput();
    double busy = hashingNanos.sum() / (double) (WORKERS * LOAD.toNanos());
    long[] accepted = latencies(true);
    long[] refused = latencies(false);
    System.out.printf(
        "capacity %.1f/s before, %.1f/s after; offered %.0f/s for %d s; goodput %.1f/s = %.3f of capacity; workers busy %.3f of the time%n",
        before, after, FACTOR * before, LOAD.toSeconds(), goodput, goodput / capacity, busy);
    System.out.printf(
        "accepted %d: p50 %.0f p99 %.0f p99.9 %.0f max %.0f ms%n",
        accepted.length,
        percentile(accepted, 0.5),
        percentile(accepted, 0.99),
        percentile(accepted, 0.999),
        percentile(accepted, 1));
    System.out.printf(
        "refused %d: p50 %.3f p99 %.3f p99.9 %.3f max %.3f ms%n",
        refused.length,
        percentile(refused, 0.5),
        percentile(refused, 0.99),
        percentile(refused, 0.999),
        percentile(refused, 1));

    assertThat(goodput / capacity).isGreaterThanOrEqualTo(0.9);
    assertThat(percentile(accepted, 1)).isLessThanOrEqualTo(1_500);
    assertThat(percentile(refused, 0.99)).isLessThanOrEqualTo(50);
  }

  private static double capacity() throws InterruptedException {
    return HashRate.measure(HashParameters.RECOMMENDED, WORKERS, MEASURED).perSecond();
  }

  private HashingListener listener() {
    return new HashingListener() {
      @Override
      public void hashed(Operation operation, long nanos) {
        hashingNanos.add(nanos);
      }
    };
  }

  private void offer(Hashing hashing, double perSecond, Duration duration) throws Exception {
    var callers = new ArrayList<Thread>();
    long start = System.nanoTime();
    long arrivals = (long) (perSecond * duration.toNanos() / 1e9);
    for (long arrival = 0; arrival < arrivals; arrival++) {
      long due = start + (long) (arrival * 1e9 / perSecond);
      LockSupport.parkNanos(due - System.nanoTime());
      callers.add(Thread.ofVirtual().start(() -> call(hashing, start, due)));
    }
    for (Thread caller : callers) {
      caller.join();
    }
  }

  /// Timed from when the call was due, so that a caller that comes late to its turn counts as late.
  private void call(Hashing hashing, long start, long due) {
    boolean accepted = true;
    try {
      hashing.passwordHasher().verifyDummy(Trust.NORMAL);
    } catch (Unavailable refused) {
      accepted = false;
    }
    long end = System.nanoTime();
    calls.add(new Call(accepted, end - start, end - due));
  }

  /// Completions a second, without the first seconds in which the queue fills and the last in which
  /// it empties.
  private double goodput() {
    long from = RAMP.toNanos();
    long to = LOAD.toNanos();
    long completed =
        calls.stream()
            .filter(Call::accepted)
            .filter(call -> call.endNanos() >= from && call.endNanos() < to)
            .count();
    return completed * 1e9 / (to - from);
  }

  private long[] latencies(boolean accepted) {
    return calls.stream()
        .filter(call -> call.accepted() == accepted)
        .mapToLong(Call::latencyNanos)
        .sorted()
        .toArray();
  }

  private static double percentile(long[] sorted, double share) {
    assertThat(sorted).isNotEmpty();
    return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / 1e6;
  }

  private record Call(boolean accepted, long endNanos, long latencyNanos) {}
}
