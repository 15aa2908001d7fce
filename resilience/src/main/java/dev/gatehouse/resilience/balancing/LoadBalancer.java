package dev.gatehouse.resilience.balancing;

import dev.gatehouse.resilience.balancing.NoUpstream.Reason;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Spreads calls over the instances of a list. Round robin is exact: of any number of picks from
/// one list of equal weights, by any number of threads, two instances' counts differ by at most
/// one.
///
/// An instance that keeps failing is ejected for a time that grows, unless too many are out
/// already; it returns with a small share, as one that joins. When all are out, all are served
/// from: a wrong guess about everybody must not turn into an outage.
///
/// Thread-safe. Picks take no lock and allocate nothing; they read one immutable schedule and move
/// its cursor. Changes are made under a lock and published as a whole. Time passes when calls end:
/// there is no thread of its own, and an idle balancer needs none.
public final class LoadBalancer<T extends Target> {
  private final ReentrantLock changing = new ReentrantLock();
  private final NoUpstream<T> noInstances = new NoUpstream<>(Reason.NO_INSTANCES);
  private final NoUpstream<T> noneAccepted = new NoUpstream<>(Reason.NONE_ACCEPTED);
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
  public LoadBalancer(
      BalancerSettings settings,
      IntUnaryOperator random,
      LongSupplier nanoTime,
      BalancerListener listener) {
    this.policy = settings.policy();
    this.random = random;
    this.nanoTime = nanoTime;
    this.endpoints = new EndpointSet<>(this, settings, listener);
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

  /// The next instance the caller accepts: one not tried yet, or whose circuit breaker admits it.
  ///
  /// @param accepted asked until it says yes, which it does at most once a pick; an instance may be
  ///     asked about more than once
  public Pick<T> pick(Predicate<? super Upstream<T>> accepted) {
    Schedule<T> seen = schedule;
    if (seen.isEmpty()) {
      return noInstances;
    }
    for (int draws = seen.accessible().size(); draws > 0; draws--) {
      Upstream<T> candidate = next(seen);
      if (accepted.test(candidate)) {
        return candidate;
      }
    }
    for (Upstream<T> candidate : seen.accessible()) {
      if (accepted.test(candidate)) {
        return candidate;
      }
    }
    return noneAccepted;
  }

  /// All instances of the list, in its order, also those that are out.
  public List<Upstream<T>> upstreams() {
    return upstreams;
  }

  /// Ends an ejection early: the instance was asked and answered well.
  public void reinstate(Upstream<T> upstream) {
    changing.lock();
    try {
      long now = nanoTime.getAsLong();
      endpoints.reinstate(upstream, now);
      publish(now);
    } finally {
      changing.unlock();
    }
  }

  void ended(Upstream<?> upstream, Ending ending, OutlierDetector counted) {
    long now = nanoTime.getAsLong();
    if (counted == upstream.outliers() && !upstream.ejected()) {
      switch (ending) {
        case SUCCEEDED -> counted.succeeded(now);
        case FAILED -> counted.failed(now).ifPresent(reason -> eject(upstream, reason, now));
        case ABANDONED -> {}
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
