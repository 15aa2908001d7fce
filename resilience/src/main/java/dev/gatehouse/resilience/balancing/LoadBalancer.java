package dev.gatehouse.resilience.balancing;

import dev.gatehouse.resilience.CallResult;
import dev.gatehouse.resilience.breaker.CircuitBreaker;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.breaker.Permit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Spreads calls over the instances of a list. Round robin is exact: of any number of picks from
/// one list of equal weights, by any number of threads, two instances' counts differ by at most
/// one.
///
/// An instance that keeps failing is ejected for a time that grows, unless too many are ejected
/// already; it returns with a small share, as one that joins. When all are ejected, all are called:
/// a wrong guess about all of them must not turn into an outage. Each instance has a circuit
/// breaker, which the balancer asks before a call begins.
///
/// Thread-safe. Picks take no lock and allocate nothing; they read one immutable schedule and move
/// its cursor. Changes are made under a lock and published as a whole. Time passes when calls end:
/// the balancer has no thread.
public final class LoadBalancer<T extends Target> {
  private final ReentrantLock changing = new ReentrantLock();
  private final NoUpstream<T> noInstances = new NoUpstream<>();
  private final Policy policy;
  private final IntUnaryOperator random;
  private final LongSupplier nanoTime;
  private final EndpointSet<T> endpoints;
  private volatile Schedule<T> schedule;
  private volatile List<Upstream<T>> upstreams = List.of();
  private volatile long changesAt;

  /// A balancer over an empty list.
  ///
  /// @param random draws from 0 inclusive to its argument exclusive; called by many threads at once
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  /// @param breakers is notified of the circuit breakers by the ids of instances
  public LoadBalancer(
      BalancerSettings settings,
      IntUnaryOperator random,
      LongSupplier nanoTime,
      BalancerListener listener,
      CircuitBreakerListener breakers) {
    this.policy = settings.policy();
    this.random = random;
    this.nanoTime = nanoTime;
    this.endpoints = new EndpointSet<>(this, settings, nanoTime, listener, breakers);
    this.schedule = endpoints.schedule(random, nanoTime.getAsLong());
    this.changesAt = endpoints.changesAt(nanoTime.getAsLong());
  }

  /// Takes over another list, which may be empty. Ids must differ. Picks that began before may
  /// still return one of the old list.
  public void update(List<T> targets) {
    if (targets.stream().map(Target::id).distinct().count() != targets.size()) {
      throw new IllegalArgumentException("two instances with one id in " + targets);
    }
    changing.lock();
    try {
      long now = nanoTime.getAsLong();
      endpoints.replace(targets, now);
      publish(now);
    } finally {
      changing.unlock();
    }
  }

  /// The next instance.
  public Pick<T> pick() {
    Schedule<T> seen = schedule;
    return seen.isEmpty() ? noInstances : next(seen);
  }

  /// Begins a call to the next instance that the caller accepts and whose circuit breaker admits
  /// the call.
  ///
  /// @param accepted may be asked more than once about an instance
  /// @return nothing when there is no such instance
  public Optional<Attempt<T>> begin(Predicate<? super Upstream<T>> accepted) {
    return begin(accepted, CircuitBreaker::tryAcquire);
  }

  /// Begins a call to the next instance whose circuit breaker is open for no worse reason than slow
  /// calls.
  ///
  /// @return nothing when there is no such instance
  public Optional<Attempt<T>> beginDespiteSlowness() {
    return begin(_ -> true, CircuitBreaker::tryAcquireDespiteSlowness);
  }

  private Optional<Attempt<T>> begin(
      Predicate<? super Upstream<T>> accepted,
      Function<CircuitBreaker, Optional<Permit>> admission) {
    Schedule<T> seen = schedule;
    for (int draws = seen.accessible().size(); draws > 0; draws--) {
      Upstream<T> candidate = next(seen);
      Optional<Attempt<T>> begun = begin(candidate, accepted, admission);
      if (begun.isPresent()) {
        return begun;
      }
    }
    for (Upstream<T> candidate : seen.accessible()) {
      Optional<Attempt<T>> begun = begin(candidate, accepted, admission);
      if (begun.isPresent()) {
        return begun;
      }
    }
    return Optional.empty();
  }

  private Optional<Attempt<T>> begin(
      Upstream<T> candidate,
      Predicate<? super Upstream<T>> accepted,
      Function<CircuitBreaker, Optional<Permit>> admission) {
    return accepted.test(candidate) ? candidate.begin(admission) : Optional.empty();
  }

  /// All instances of the list, in its order, also those that are out.
  public List<Upstream<T>> upstreams() {
    return upstreams;
  }

  void ended(Upstream<?> upstream, CallResult result, OutlierDetector counted) {
    long now = nanoTime.getAsLong();
    if (counted == upstream.outliers() && !upstream.ejected()) {
      switch (result) {
        case SUCCESS -> counted.succeeded(now);
        case ERROR, TIMEOUT, UNREACHABLE, BROKEN ->
            counted.failed(now).ifPresent(reason -> eject(upstream, reason, now));
        case REFUSED, CANCELLED, SATURATED -> {}
      }
    }
    if (now - changesAt >= 0) {
      refresh(now);
    }
  }

  private Upstream<T> next(Schedule<T> seen) {
    return switch (policy) {
      case ROUND_ROBIN -> seen.inTurn();
      case LEAST_LOADED -> seen.lessLoadedOfTwo(random);
    };
  }

  private void eject(Upstream<?> upstream, EjectionReason reason, long now) {
    changing.lock();
    try {
      if (endpoints.eject(upstream, reason, now)) {
        publish(now);
      }
    } finally {
      changing.unlock();
    }
  }

  private void refresh(long now) {
    changing.lock();
    try {
      if (now - changesAt >= 0) {
        endpoints.returnDue(now);
        publish(now);
      }
    } finally {
      changing.unlock();
    }
  }

  private void publish(long now) {
    upstreams = endpoints.endpoints();
    schedule = endpoints.schedule(random, now);
    changesAt = endpoints.changesAt(now);
  }
}
