package dev.gatehouse.resilience.upstream;

import dev.gatehouse.resilience.RetryBudget;
import dev.gatehouse.resilience.balancing.BalancerListener;
import dev.gatehouse.resilience.balancing.LoadBalancer;
import dev.gatehouse.resilience.balancing.Target;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/// The instances of one service as a caller sees them, and everything that decides which of them
/// gets a request and whether a request that failed is retried: the balancer with its ejections and
/// circuit breakers, the retry budget and the rules of what may be retried. The gateway and the
/// client library call through it.
///
/// Thread-safe. A request takes no lock on its way.
public final class UpstreamCluster<T extends Target> {
  private static final Duration BUDGET_WINDOW = Duration.ofSeconds(10);

  private final UpstreamClusterSettings settings;
  private final LoadBalancer<T> balancer;
  private final RetryBudget budget;

  /// A cluster without instances.
  ///
  /// @param random draws from 0 inclusive to its argument exclusive; called by many threads at once
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  /// @param breakerListener is notified of breakers by the ids of instances
  public UpstreamCluster(
      UpstreamClusterSettings settings,
      IntUnaryOperator random,
      LongSupplier nanoTime,
      BalancerListener balancerListener,
      CircuitBreakerListener breakerListener) {
    this.settings = settings;
    this.balancer =
        new LoadBalancer<>(
            settings.balancer(), random, nanoTime, balancerListener, breakerListener);
    this.budget =
        new RetryBudget(settings.retryShare(), settings.retryFloor(), BUDGET_WINDOW, nanoTime);
  }

  /// Takes over another list. Instances that stay keep what is known of them; one that was started
  /// again begins with a clean record, and so does one that left and comes back.
  public void update(List<T> targets) {
    balancer.update(targets);
  }

  /// A request begins its way.
  public RoutedRequest<T> begin(Idempotency idempotency) {
    budget.requested();
    return new RoutedRequest<>(balancer, budget, idempotency, settings.attempts());
  }

  /// How long it is not worth asking again when there was no instance to try.
  public Duration retryAfter() {
    return balancer.upstreams().stream()
        .map(each -> each.breaker().retryAfter())
        .min(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
