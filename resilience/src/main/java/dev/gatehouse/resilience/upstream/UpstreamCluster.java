package dev.gatehouse.resilience.upstream;

import dev.gatehouse.resilience.RetryBudget;
import dev.gatehouse.resilience.balancing.BalancerListener;
import dev.gatehouse.resilience.balancing.LoadBalancer;
import dev.gatehouse.resilience.balancing.Pick;
import dev.gatehouse.resilience.balancing.Target;
import dev.gatehouse.resilience.balancing.Upstream;
import dev.gatehouse.resilience.breaker.CircuitBreaker;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;

/// The instances of one service as a caller sees them, and everything that decides which of them
/// gets a request and whether a request that failed is sent once more: the balancer with its
/// ejections, a circuit breaker for each instance, the budget of repetitions and the rules of what
/// may be repeated. The gateway and the client library call through it.
///
/// Thread-safe. A request takes no lock on its way.
public final class UpstreamCluster<T extends Target> {
  private static final Duration BUDGET_WINDOW = Duration.ofSeconds(10);

  private final ReentrantLock updating = new ReentrantLock();
  private final UpstreamClusterSettings settings;
  private final LongSupplier nanoTime;
  private final CircuitBreakerListener breakerListener;
  private final LoadBalancer<UpstreamEndpoint<T>> balancer;
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
    this.nanoTime = nanoTime;
    this.breakerListener = breakerListener;
    this.balancer = new LoadBalancer<>(settings.balancer(), random, nanoTime, balancerListener);
    this.budget =
        new RetryBudget(settings.retryShare(), settings.retryFloor(), BUDGET_WINDOW, nanoTime);
  }

  /// Takes over another list. Instances that stay keep what is known of them; one that was started
  /// again begins with a clean record, and so does one that left and comes back.
  public void update(List<T> targets) {
    updating.lock();
    try {
      Map<String, UpstreamEndpoint<T>> known = new HashMap<>();
      balancer.upstreams().forEach(each -> known.put(each.target().id(), each.target()));
      List<UpstreamEndpoint<T>> next = targets.stream().map(each -> endpoint(each, known)).toList();
      balancer.update(next);
      known.values().forEach(UpstreamEndpoint::leave);
    } finally {
      updating.unlock();
    }
  }

  /// A request begins its way.
  public RoutedRequest<T> begin(Idempotency idempotency) {
    budget.requested();
    return new RoutedRequest<>(this, idempotency, settings.attempts());
  }

  /// How long it is not worth asking again when there was no instance to try.
  public Duration retryAfter() {
    return balancer.upstreams().stream()
        .map(each -> each.target().breaker().retryAfter())
        .min(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /// How many instances there are, those that are left out included.
  public int size() {
    return balancer.upstreams().size();
  }

  /// Tells each instance's id and how many requests it is working on for us.
  public void eachInFlight(ObjIntConsumer<String> told) {
    balancer.upstreams().forEach(each -> told.accept(each.target().id(), each.inFlight()));
  }

  Pick<UpstreamEndpoint<T>> pick(Predicate<Upstream<UpstreamEndpoint<T>>> accepted) {
    return balancer.pick(accepted);
  }

  boolean has(Predicate<Upstream<UpstreamEndpoint<T>>> wanted) {
    return balancer.upstreams().stream().anyMatch(wanted);
  }

  boolean mayRetry() {
    return budget.tryRetry();
  }

  /// Takes those that stay out of the known ones.
  private UpstreamEndpoint<T> endpoint(T target, Map<String, UpstreamEndpoint<T>> known) {
    UpstreamEndpoint<T> before = known.get(target.id());
    if (before != null && before.isRunOf(target)) {
      known.remove(target.id());
      return before.describedBy(target);
    }
    var reports = new BreakerReports(target.id(), breakerListener);
    var breaker = new CircuitBreaker(target.id(), settings.breaker(), nanoTime, reports);
    return new UpstreamEndpoint<>(target, breaker, reports);
  }
}
