package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.breaker.CircuitState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// `circuit_breaker_state{name,state}`: 1 for the current state of a breaker, 0 for the others.
public final class BreakerMetrics implements CircuitBreakerListener {
  /// The largest number of breakers: those of the upstream instances and a few more.
  private static final int MOST_BREAKERS = 128;

  private final Set<String> lasting = ConcurrentHashMap.newKeySet();
  private final MeterRegistry registry;
  private final BoundedMeters<AtomicReference<CircuitState>> states;

  BreakerMetrics(MeterRegistry registry) {
    this.registry = registry;
    states = new BoundedMeters<>(MOST_BREAKERS, this::begin, registry::remove);
  }

  /// Registers a breaker permanently, before its first change.
  public void watch(String breaker) {
    lasting.add(breaker);
    states.of(breaker);
  }

  /// Sets the instances whose breakers are shown.
  void follow(Collection<String> ids) {
    states.values().stream()
        .filter(shown -> !lasting.contains(shown) && !ids.contains(shown))
        .forEach(states::forget);
    ids.forEach(states::of);
  }

  /// An unknown breaker belongs to an instance that has just been removed.
  @Override
  public void changed(String breaker, CircuitState from, CircuitState to) {
    AtomicReference<CircuitState> shown = states.find(breaker);
    if (shown != null) {
      shown.set(to);
    }
  }

  @Override
  public void refused(String breaker) {}

  private AtomicReference<CircuitState> begin(
      String breaker, BoundedMeters.Registration registration) {
    var current = new AtomicReference<>(CircuitState.CLOSED);
    for (CircuitState state : CircuitState.values()) {
      registration.add(
          Gauge.builder("circuit.breaker.state", current, held -> held.get() == state ? 1 : 0)
              .description("1 for the current state of a circuit breaker")
              .tag("name", breaker)
              .tag("state", state.name().toLowerCase(Locale.ROOT))
              .strongReference(true)
              .register(registry));
    }
    return current;
  }
}
