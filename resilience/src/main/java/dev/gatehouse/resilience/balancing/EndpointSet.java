package dev.gatehouse.resilience.balancing;

import dev.gatehouse.resilience.balancing.HealthState.Ejected;
import dev.gatehouse.resilience.balancing.HealthState.Serving;
import dev.gatehouse.resilience.balancing.Schedule.Slot;
import dev.gatehouse.resilience.breaker.CircuitBreaker;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/// The instances of the list and where each is. Not thread-safe: the balancer's lock guards it.
final class EndpointSet<T extends Target> {
  private final LoadBalancer<T> balancer;
  private final BalancerSettings settings;
  private final LongSupplier nanoTime;
  private final BalancerListener listener;
  private final CircuitBreakerListener breakers;
  private final Map<Upstream<T>, BreakerReports> reports = new HashMap<>();
  private final SlowStart slowStart;
  private List<Upstream<T>> endpoints = List.of();
  private boolean panicking;

  EndpointSet(
      LoadBalancer<T> balancer,
      BalancerSettings settings,
      LongSupplier nanoTime,
      BalancerListener listener,
      CircuitBreakerListener breakers) {
    this.balancer = balancer;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.listener = listener;
    this.breakers = breakers;
    this.slowStart = new SlowStart(settings.slowStart());
  }

  List<Upstream<T>> endpoints() {
    return endpoints;
  }

  /// Takes over another list. Those that stay keep their health; those that join start slowly,
  /// unless there was no one before them to carry the load.
  void replace(List<T> targets, long now) {
    Map<String, Upstream<T>> known = new HashMap<>();
    endpoints.forEach(endpoint -> known.put(endpoint.target().id(), endpoint));
    boolean warming = !endpoints.isEmpty();
    List<Upstream<T>> next = new ArrayList<>(targets.size());
    for (T target : targets) {
      Upstream<T> endpoint = known.get(target.id());
      if (endpoint != null && sameStart(endpoint.target(), target)) {
        endpoint.describedBy(target);
        next.add(endpoint);
      } else {
        next.add(joined(target, warming, now));
      }
    }
    endpoints = List.copyOf(next);
    known.values().stream().filter(it -> !endpoints.contains(it)).forEach(this::leave);
  }

  private void leave(Upstream<T> endpoint) {
    BreakerReports left = reports.remove(endpoint);
    if (left != null) {
      left.end();
    }
  }

  private boolean sameStart(T known, T now) {
    return known.incarnation().equals(now.incarnation());
  }

  private Upstream<T> joined(T target, boolean warming, long now) {
    var report = new BreakerReports(target.id(), breakers);
    var endpoint =
        new Upstream<>(
            balancer,
            new CircuitBreaker(target.id(), settings.breaker(), nanoTime, report),
            target,
            OutlierDetector.unblemished(settings.ejection()),
            new Serving(now, warming, 0));
    reports.put(endpoint, report);
    return endpoint;
  }

  /// Takes a endpoint out, if it is in and the ceiling leaves room.
  ///
  /// @return whether it did
  boolean eject(Upstream<?> endpoint, EjectionReason reason, long now) {
    Ejection rules = settings.ejection();
    long out = endpoints.stream().filter(Upstream::ejected).count();
    if (!(endpoint.health() instanceof Serving serving)
        || !endpoints.contains(endpoint)
        || out >= rules.mostOutOf(endpoints.size())) {
      return false;
    }
    boolean provenSince = now - serving.since() >= rules.longest().toNanos();
    int ejections = provenSince ? 1 : serving.ejections() + 1;
    var length = rules.lasting(ejections);
    endpoint.become(new Ejected(now + length.toNanos(), ejections), endpoint.outliers());
    listener.ejected(endpoint.target().id(), reason, length);
    return true;
  }

  /// Takes back in those whose time is over, with a small share.
  void returnDue(long now) {
    for (Upstream<T> endpoint : endpoints) {
      if (endpoint.health() instanceof Ejected ejected && ejected.until() - now <= 0) {
        endpoint.become(
            new Serving(now, true, ejected.ejections()),
            OutlierDetector.onProbation(settings.ejection()));
        listener.returned(endpoint.target().id());
      }
    }
  }

  /// The schedule of those who are in; of all, when no one is.
  Schedule<T> schedule(IntUnaryOperator random, long now) {
    List<Upstream<T>> serving = endpoints.stream().filter(endpoint -> !endpoint.ejected()).toList();
    boolean nobody = serving.isEmpty() && !endpoints.isEmpty();
    if (nobody != panicking) {
      panicking = nobody;
      listener.panicked(nobody);
    }
    List<Upstream<T>> candidates = nobody ? endpoints : serving;
    List<Upstream<T>> chosen = ownZone(candidates).orElse(candidates);
    List<Upstream<T>> reserve = candidates.stream().filter(it -> !chosen.contains(it)).toList();
    List<Slot<T>> slots = chosen.stream().map(endpoint -> slot(endpoint, now)).toList();
    return new Schedule<>(slots, reserve, random.applyAsInt(Integer.MAX_VALUE));
  }

  /// When the schedule changes by itself, on the monotonic clock.
  long changesAt(long now) {
    long soonest =
        endpoints.stream()
            .mapToLong(endpoint -> slowStart.changesIn(endpoint.health(), now))
            .min()
            .orElse(Long.MAX_VALUE);
    return now + Math.min(soonest, Long.MAX_VALUE / 2);
  }

  private Slot<T> slot(Upstream<T> endpoint, long now) {
    return new Slot<>(endpoint, endpoint.target().weight() * slowStart.of(endpoint.health(), now));
  }

  private Optional<List<Upstream<T>>> ownZone(List<Upstream<T>> candidates) {
    return settings.zone().flatMap(preference -> enoughOf(preference, candidates));
  }

  private Optional<List<Upstream<T>>> enoughOf(
      ZonePreference preference, List<Upstream<T>> candidates) {
    List<Upstream<T>> own = candidates.stream().filter(it -> isIn(preference.zone(), it)).toList();
    double enough = preference.share() * Math.max(weightOf(preference.zone()), others(preference));
    return own.isEmpty() || weight(own) < enough ? Optional.empty() : Optional.of(own);
  }

  private int weightOf(String zone) {
    return weight(endpoints.stream().filter(it -> isIn(zone, it)).toList());
  }

  /// What each of the other zones has on average. The dead leave the list: what is left of the own
  /// zone must not be the measure of itself.
  private double others(ZonePreference preference) {
    List<Upstream<T>> others =
        endpoints.stream().filter(it -> !isIn(preference.zone(), it)).toList();
    long zones = others.stream().map(it -> it.target().zone()).distinct().count();
    return zones == 0 ? 0 : (double) weight(others) / zones;
  }

  private int weight(List<Upstream<T>> some) {
    return some.stream().mapToInt(endpoint -> endpoint.target().weight()).sum();
  }

  private boolean isIn(String zone, Upstream<T> endpoint) {
    return endpoint.target().zone().filter(zone::equals).isPresent();
  }
}
