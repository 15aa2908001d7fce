package dev.gatehouse.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.signin.SignInAddresses;
import dev.gatehouse.http.RouteLimit;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What limits cost in memory and time. Figures go to standard output.
@Tag("evidence")
class LimitCostTest {
  private static final int ADDRESSES = 1_000_000;
  private static final long BOUND = 64L << 20;

  /// Every limit there is, asked by a million addresses within one period.
  @Test
  void aMillionAddressesCostNoMoreThan64MiB() {
    var nanos = new ManualNanos();
    long before = usedHeap();
    var limits =
        new RateLimits(
            RateLimitSettings.defaults(), new LocalBucketStore(nanos), LimitListener.NONE);
    var accounts =
        new AccountLimits(
            limits,
            SignInAddresses.NONE,
            (_, _) -> {},
            new Random(1),
            new RefusalRecord(AuditLog.NONE, () -> 0),
            nanos);
    long attacked = Keys.address("192.0.2.1");
    LongStream.range(0, 1000).forEach(_ -> limits.of(RouteLimit.ADDRESS).take(attacked));
    int passed = 0;
    for (int index = 0; index < ADDRESSES; index++) {
      ask(limits, accounts, index);
      passed += index % 1000 == 0 && limits.of(RouteLimit.ADDRESS).take(attacked).allowed() ? 1 : 0;
    }
    long cost = usedHeap() - before;
    System.out.printf("a million addresses: %.1f MiB%n", cost / 1048576.0);

    assertThat(cost).isBetween(1L << 20, BOUND);
    assertThat(passed).isZero();
    assertThat(accounts).isNotNull();
  }

  private static void ask(RateLimits limits, AccountLimits accounts, int index) {
    String ip = "10.%d.%d.%d".formatted(index >> 16 & 255, index >> 8 & 255, index & 255);
    long address = Keys.address(ip);
    limits.of(RouteLimit.ADDRESS).take(address);
    limits.of(new RouteLimit("login_ip")).take(address);
    limits.of(new RouteLimit("register_ip")).take(address);
    String account = "somebody-" + index + "@example.org";
    var origin = new Origin(ip, "test", "request");
    accounts.signingIn(account, origin);
    accounts.succeeded(account, ip);
    accounts.signingIn(account, origin);
    accounts.confirming(new UserId(new UUID(1, index)), origin);
  }

  @Test
  void aDecisionAndItsHeaderTakeLittleTime() {
    var rate = new Rate(1_000_000, Duration.ofSeconds(1));
    var settings = new RateLimitSettings(rate, rate, rate, rate);
    var limits =
        new RateLimits(settings, new LocalBucketStore(System::nanoTime), LimitListener.NONE);
    List<RateLimit> applying = List.of(limits.of(RouteLimit.ADDRESS));
    double decision = best(key -> limits.of(RouteLimit.ADDRESS).take(key).remaining());
    double withHeader = best(key -> RateLimitHeaders.state(Verdict.of(applying, key)).length());
    System.out.printf("a decision: %.0f ns, with its header %.0f ns%n", decision, withHeader);

    assertThat(withHeader).isLessThan(5_000);
  }

  private static double best(LongUnaryOperator work) {
    long sum = 0;
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      int decisions = 1_000_000;
      long start = System.nanoTime();
      for (int decision = 0; decision < decisions; decision++) {
        sum += work.applyAsLong(decision & 1023);
      }
      best = Math.min(best, (double) (System.nanoTime() - start) / decisions);
    }
    assertThat(sum).isPositive();
    return best;
  }

  private static long usedHeap() {
    for (int round = 0; round < 4; round++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
