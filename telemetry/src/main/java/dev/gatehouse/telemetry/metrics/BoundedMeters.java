package dev.gatehouse.telemetry.metrics;

import io.micrometer.core.instrument.Meter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Meters by a label whose values come and go while the program runs, such as instances. Only so
/// many values are told apart at a time; further ones share `other`. Thread-safe.
///
/// @param <M> what is held for a value
final class BoundedMeters<M> {
  /// What represents all values that find no place.
  static final String OTHER = "other";

  /// What happened to a value last is read by the next few scrapes, before it goes.
  static final Duration LINGER = Duration.ofMinutes(5);

  private final Map<String, Held<M>> held = new ConcurrentHashMap<>();
  private final int most;
  private final Factory<M> factory;
  private final Consumer<Meter> remove;

  /// Takes note of the meters of one value.
  @FunctionalInterface
  interface Registration {
    void add(Meter meter);
  }

  /// Makes what is held for a value.
  @FunctionalInterface
  interface Factory<M> {
    M make(String value, Registration registration);
  }

  /// @param most how many values are told apart
  /// @param remove takes a meter out of the registry
  BoundedMeters(int most, Factory<M> factory, Consumer<Meter> remove) {
    this.most = most;
    this.factory = factory;
    this.remove = remove;
  }

  /// What is held for a value from now on.
  M of(String value) {
    Held<M> known = held.get(value);
    return known == null ? admitted(value) : known.value();
  }

  /// What is held for a value already, be it as one of the others.
  @Nullable M find(String value) {
    Held<M> known = held.get(value);
    Held<M> shared = known == null ? held.get(OTHER) : known;
    return shared == null ? null : shared.value();
  }

  /// The values that are told apart.
  Set<String> values() {
    return Set.copyOf(held.keySet());
  }

  synchronized void forget(String value) {
    Held<M> gone = held.remove(value);
    if (gone != null) {
      gone.meters().forEach(remove);
    }
  }

  /// Only these values are there. The others go when they have been away for [#LINGER], or when
  /// their place is needed.
  ///
  /// @param now on the monotonic clock
  synchronized void keepOnly(Collection<String> present, long now) {
    held.replaceAll(
        (value, each) ->
            value.equals(OTHER) || present.contains(value) ? each.present() : each.goneAt(now));
    present.forEach(this::of);
  }

  /// Forgets those that have been away for long.
  ///
  /// @param now on the monotonic clock
  synchronized void sweep(long now) {
    held.forEach(
        (value, each) -> {
          if (each.gone() && now - each.since() >= LINGER.toNanos()) {
            forget(value);
          }
        });
  }

  private synchronized M admitted(String value) {
    if (!held.containsKey(value) && held.size() >= most) {
      makeRoom();
    }
    String label = held.containsKey(value) || held.size() < most ? value : OTHER;
    return held.computeIfAbsent(label, this::make).value();
  }

  private void makeRoom() {
    held.entrySet().stream()
        .filter(each -> each.getValue().gone())
        .min(Comparator.comparingLong(each -> each.getValue().since()))
        .ifPresent(longest -> forget(longest.getKey()));
  }

  private Held<M> make(String label) {
    var meters = new ArrayList<Meter>();
    M value = factory.make(label, meters::add);
    return new Held<>(value, List.copyOf(meters), false, 0);
  }

  /// @param since when it was first missed, on the monotonic clock, if it is gone
  private record Held<M>(M value, List<Meter> meters, boolean gone, long since) {
    Held<M> present() {
      return gone ? new Held<>(value, meters, false, 0) : this;
    }

    Held<M> goneAt(long now) {
      return gone ? this : new Held<>(value, meters, true, now);
    }
  }
}
