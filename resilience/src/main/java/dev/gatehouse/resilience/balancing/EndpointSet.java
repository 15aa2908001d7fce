package dev.gatehouse.resilience.balancing;

import dev.gatehouse.resilience.balancing.HealthState.Ejected;
import dev.gatehouse.resilience.balancing.HealthState.Serving;
import dev.gatehouse.resilience.balancing.Rotation.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// The instances of the list and where each is. Not thread-safe: the balancer's lock guards it.
final class EndpointSet<T extends Target> {
  private final LoadBalancer<T> balancer;
  private final BalancerSettings settings;
  private final BalancerListener listener;
  private final SlowStart warmth;
  private List<Upstream<T>> members = List.of();
  private boolean panicking;

  EndpointSet(LoadBalancer<T> balancer, BalancerSettings settings, BalancerListener listener) {
    this.balancer = balancer;
    this.settings = settings;
    this.listener = listener;
    this.warmth = new SlowStart(settings.slowStart());
  }

  List<Upstream<T>> members() {
    return members;
  }

  /// Takes over another list. Those that stay keep their standing; those that join start slowly,
  /// unless there was no one before them to carry the load.
  void replace(List<T> targets, long now) {
    Map<String, Upstream<T>> known = new HashMap<>();
    members.forEach(member -> known.put(member.target().id(), member));
    boolean warming = !members.isEmpty();
    List<Upstream<T>> next = new ArrayList<>(targets.size());
    for (T target : targets) {
      Upstream<T> member = known.get(target.id());
      if (member != null && sameStart(member.target(), target)) {
        member.describedBy(target);
        next.add(member);
      } else {
        next.add(joined(target, warming, now));
      }
    }
    members = List.copyOf(next);
  }

  private boolean sameStart(T known, T now) {
    return known.incarnation().equals(now.incarnation());
  }

  private Upstream<T> joined(T target, boolean warming, long now) {
    return new Upstream<>(
        balancer,
        target,
        OutlierDetector.unblemished(settings.ejection()),
        new Serving(now, warming, 0));
  }

  /// Takes a member out, if it is in and the ceiling leaves room.
  ///
  /// @return whether it did
  boolean eject(Upstream<?> member, EjectionReason reason, long now) {
    Ejection rules = settings.ejection();
    long out = members.stream().filter(Upstream::ejected).count();
    if (!(member.health() instanceof Serving serving)
        || !members.contains(member)
        || out >= rules.mostOutOf(members.size())) {
      return false;
    }
    boolean provenSince = now - serving.since() >= rules.longest().toNanos();
    int ejections = provenSince ? 1 : serving.ejections() + 1;
    var length = rules.lasting(ejections);
    member.become(new Ejected(now + length.toNanos(), ejections), member.outliers());
    listener.ejected(member.target().id(), reason, length);
    return true;
  }

  /// Takes back in those whose time is over.
  void returnDue(long now) {
    for (Upstream<T> member : members) {
      if (member.health() instanceof Ejected ejected && ejected.until() - now <= 0) {
        reinstate(member, now);
      }
    }
  }

  /// Takes one back in.
  void reinstate(Upstream<T> member, long now) {
    if (!member.ejected() || !members.contains(member)) {
      return;
    }
    int ejections = member.health().ejections();
    member.become(
        new Serving(now, true, ejections), OutlierDetector.onProbation(settings.ejection()));
    listener.returned(member.target().id());
  }

  /// The rotation of those who are in; of all, when no one is.
  Rotation<T> rotation(IntUnaryOperator random, long now) {
    List<Upstream<T>> serving = members.stream().filter(member -> !member.ejected()).toList();
    boolean nobody = serving.isEmpty() && !members.isEmpty();
    if (nobody != panicking) {
      panicking = nobody;
      listener.panicked(nobody);
    }
    List<Upstream<T>> candidates = nobody ? members : serving;
    List<Upstream<T>> chosen = ownZone(candidates).orElse(candidates);
    List<Upstream<T>> reserve = candidates.stream().filter(it -> !chosen.contains(it)).toList();
    List<Slot<T>> seats = chosen.stream().map(member -> seat(member, now)).toList();
    return new Rotation<>(seats, reserve, random.applyAsInt(Integer.MAX_VALUE));
  }

  /// When the rotation changes by itself, on the monotonic clock.
  long changesAt(long now) {
    long soonest =
        members.stream()
            .mapToLong(member -> warmth.changesIn(member.health(), now))
            .min()
            .orElse(Long.MAX_VALUE);
    return now + Math.min(soonest, Long.MAX_VALUE / 2);
  }

  private Slot<T> seat(Upstream<T> member, long now) {
    return new Slot<>(member, member.target().weight() * warmth.of(member.health(), now));
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
    return weight(members.stream().filter(it -> isIn(zone, it)).toList());
  }

  /// What each of the other zones has on average. The dead leave the list: what is left of the own
  /// zone must not be the measure of itself.
  private double others(ZonePreference preference) {
    List<Upstream<T>> others = members.stream().filter(it -> !isIn(preference.zone(), it)).toList();
    long zones = others.stream().map(it -> it.target().zone()).distinct().count();
    return zones == 0 ? 0 : (double) weight(others) / zones;
  }

  private int weight(List<Upstream<T>> some) {
    return some.stream().mapToInt(member -> member.target().weight()).sum();
  }

  private boolean isIn(String zone, Upstream<T> member) {
    return member.target().zone().filter(zone::equals).isPresent();
  }
}
