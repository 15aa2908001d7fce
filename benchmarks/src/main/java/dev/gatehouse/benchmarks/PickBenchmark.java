package dev.gatehouse.benchmarks;

import dev.gatehouse.resilience.balancing.BalancerListener;
import dev.gatehouse.resilience.balancing.BalancerSettings;
import dev.gatehouse.resilience.balancing.LoadBalancer;
import dev.gatehouse.resilience.balancing.Pick;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.balancing.Target;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// A pick against the least any shared cursor could cost: one contended increment. All processors
/// at once.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Threads(Threads.MAX)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PickBenchmark {
  private static final int INSTANCES = 10;

  private final AtomicLong counter = new AtomicLong();
  private final LoadBalancer<Place> inTurn = balancer(Policy.ROUND_ROBIN);
  private final LoadBalancer<Place> leastLoaded = balancer(Policy.LEAST_LOADED);

  /// The yardstick.
  @Benchmark
  public long increment() {
    return counter.getAndIncrement();
  }

  /// Round robin over ten instances.
  @Benchmark
  public Pick<Place> pickInTurn() {
    return inTurn.pick();
  }

  /// The less loaded of two of ten instances.
  @Benchmark
  public Pick<Place> pickLeastLoaded() {
    return leastLoaded.pick();
  }

  /// An instance.
  public record Place(String id) implements Target {
    @Override
    public String incarnation() {
      return "";
    }

    @Override
    public Optional<String> zone() {
      return Optional.empty();
    }

    @Override
    public int weight() {
      return 1;
    }
  }

  private static LoadBalancer<Place> balancer(Policy policy) {
    LoadBalancer<Place> balancer =
        new LoadBalancer<>(
            BalancerSettings.of(policy),
            bound -> ThreadLocalRandom.current().nextInt(bound),
            System::nanoTime,
            BalancerListener.NONE,
            CircuitBreakerListener.NONE);
    balancer.update(
        IntStream.range(0, INSTANCES).mapToObj(number -> new Place("instance-" + number)).toList());
    return balancer;
  }
}
