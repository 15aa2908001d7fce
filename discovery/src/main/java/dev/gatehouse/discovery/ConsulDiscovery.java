package dev.gatehouse.discovery;

import dev.gatehouse.resilience.Backoff;
import dev.gatehouse.resilience.breaker.CircuitBreaker;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.breaker.CircuitBreakerSettings;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/// Registers with, and watches, a Consul agent. One task for each watch and each registration;
/// callers get their list from memory. Thread-safe.
public final class ConsulDiscovery implements Discovery, ServiceRegistry {
  private final List<ConsulWatch> watches = new CopyOnWriteArrayList<>();
  private final List<ConsulRegistration> registrations = new CopyOnWriteArrayList<>();
  private final ConsulSettings settings;
  private final DoubleSupplier random;
  private final LongSupplier nanoTime;
  private final DiscoveryListener listener;
  private final PeriodicTasks tasks;
  private final ConsulHttp consul;
  private final ConsulCatalog catalog;

  /// Connects to nothing yet.
  ///
  /// @param random draws from 0 inclusive to 1 exclusive; called by many threads at once
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  /// @param breakerListener is notified of the circuit breaker `consul`
  public ConsulDiscovery(
      ConsulSettings settings,
      DoubleSupplier random,
      LongSupplier nanoTime,
      DiscoveryListener listener,
      CircuitBreakerListener breakerListener,
      PeriodicTasks tasks) {
    this.settings = settings;
    this.random = random;
    this.nanoTime = nanoTime;
    this.listener = listener;
    this.tasks = tasks;
    this.consul = new ConsulHttp(settings, breaker(settings, nanoTime, breakerListener), listener);
    this.catalog = new ConsulCatalog(consul, settings);
  }

  /// A blocking query is slow by design, so slowness says nothing here.
  private static CircuitBreaker breaker(
      ConsulSettings settings, LongSupplier nanoTime, CircuitBreakerListener listener) {
    CircuitBreakerSettings rules =
        CircuitBreakerSettings.defaults()
            .deciding(Duration.ofSeconds(10), 5)
            .slowAt(Duration.ofDays(1), 1)
            .openFor(Duration.ofMillis(500), settings.longestBackoff())
            .probing(1, settings.callTimeout().multipliedBy(2));
    return new CircuitBreaker("consul", rules, nanoTime, listener);
  }

  @Override
  public InstanceWatch watch(String service) {
    ConsulWatch watch =
        new ConsulWatch(
            service, catalog, settings, backoff(), nanoTime, listener, watches::remove, tasks);
    watches.add(watch);
    return watch.start();
  }

  @Override
  public Registration register(ServiceRegistration announcement) {
    ConsulRegistration registration =
        new ConsulRegistration(
            announcement,
            catalog,
            settings.renewEvery(),
            backoff(),
            listener,
            registrations::remove,
            tasks);
    registrations.add(registration);
    return registration.start();
  }

  /// Whether all is in step with Consul, as far as known: every watch follows it, and it has
  /// everybody who registered. From memory.
  public boolean inStep() {
    return watches.stream().allMatch(ConsulWatch::follows)
        && registrations.stream().allMatch(ConsulRegistration::registered);
  }

  /// Also deregisters what is still registered.
  @Override
  public void close() {
    watches.forEach(ConsulWatch::close);
    registrations.forEach(ConsulRegistration::deregister);
    consul.close();
  }

  private Backoff backoff() {
    return new Backoff(settings.firstBackoff(), settings.longestBackoff(), random);
  }
}
