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

/// Meters with a label whose values come and go while the program runs, such as instances. The
/// number of values is bounded; further ones share `other`. Thread-safe.
///
/// @param <M> the meters of a value
final class BoundedMeters<M> {
  /// The value for all values beyond the bound.
  static final String OTHER = "other";

  /// The next few scrapes read the last changes of a value before its removal.
  static final Duration LINGER = Duration.ofMinutes(5);

  private final Map<String, Held<M>> held = new ConcurrentHashMap<>();
  private final int most;
  private final Factory<M> factory;
  private final Consumer<Meter> remove;

  /// Collects the meters of one value.
  @FunctionalInterface
  interface Registration {
    void add(Meter meter);
  }

  /// Creates the meters of a value.
  @FunctionalInterface
  interface Factory<M> {
    M make(String value, Registration registration);
  }

  /// @param most the largest number of values
  /// @param remove removes a meter from the registry
  BoundedMeters(int most, Factory<M> factory, Consumer<Meter> remove) {
    this.most = most;
    this.factory = factory;
    this.remove = remove;
  }

  /// The meters of a value, created if absent.
  M of(String value) {
    Held<M> known = held.get(value);
    return known == null ? admitted(value) : known.value();
  }

  /// The existing meters of a value, possibly shared; null when there are none.
  @Nullable M find(String value) {
    Held<M> known = held.get(value);
    Held<M> shared = known == null ? held.get(OTHER) : known;
    return shared == null ? null : shared.value();
  }

  /// The values with separate meters.
  Set<String> values() {
    return Set.copyOf(held.keySet());
  }

  synchronized void forget(String value) {
    Held<M> gone = held.remove(value);
    if (gone != null) {
      gone.meters().forEach(remove);
    }
  }

  /// Sets the current values. Others are removed after [#LINGER], or earlier to make room.
  ///
  /// @param now on the monotonic clock
  synchronized void keepOnly(Collection<String> present, long now) {
    held.replaceAll(
        (value, each) ->
            value.equals(OTHER) || present.contains(value) ? each.present() : each.goneAt(now));
    present.forEach(this::of);
  }

  /// Removes values that have been absent for [#LINGER].
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

  /// @param since when it was first absent, on the monotonic clock
  private record Held<M>(M value, List<Meter> meters, boolean gone, long since) {
    Held<M> present() {
      return gone ? new Held<>(value, meters, false, 0) : this;
    }

    Held<M> goneAt(long now) {
      return gone ? this : new Held<>(value, meters, true, now);
    }
  }
}
