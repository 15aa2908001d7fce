package dev.gatehouse.telemetry.metrics;

import io.micrometer.core.instrument.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Meters by a label whose values come and go while the program runs, such as instances. Only so many
/// values are told apart at a time; further ones share `other`. Thread-safe.
///
/// @param <M> what is held for a value
final class BoundedMeters<M> {
  /// What stands for all values that find no place.
  static final String OTHER = "other";

  private final Map<String, Held<M>> held = new ConcurrentHashMap<>();
  private final int most;
  private final Factory<M> factory;
  private final Consumer<Meter> remove;

  private record Held<M>(M value, List<Meter> meters) {}

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

  M of(String value) {
    Held<M> known = held.get(value);
    return known == null ? admitted(value) : known.value();
  }

  synchronized void forget(String value) {
    Held<M> gone = held.remove(value);
    if (gone != null) {
      gone.meters().forEach(remove);
    }
  }

  private synchronized M admitted(String value) {
    String label = held.containsKey(value) || held.size() < most ? value : OTHER;
    return held.computeIfAbsent(label, this::make).value();
  }

  private Held<M> make(String label) {
    var meters = new ArrayList<Meter>();
    M value = factory.make(label, meters::add);
    return new Held<>(value, List.copyOf(meters));
  }
}
