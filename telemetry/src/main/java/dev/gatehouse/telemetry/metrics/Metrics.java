package dev.gatehouse.telemetry.metrics;

import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Every meter of one instance and the listeners that update them. The listeners neither wait nor
/// throw and may be used on any thread, including event loops. Thread-safe.
public final class Metrics implements AutoCloseable {
  private static final int USUAL_SIZE = 64 * 1024;

  private final PrometheusMeterRegistry registry;
  private final LongSupplier nanoTime;
  private final ProcessMeters process;
  private final RequestMetrics requests;
  private final SignInMetrics signIns;
  private final RegistrationMetrics registrations;
  private final HashingMetrics hashing;
  private final LimitMetrics limits;
  private final CacheMetrics cache;
  private final BreakerMetrics breakers;
  private final DiscoveryMetrics discovery;
  private final GatewayMetrics gateway;
  private final BalancerMetrics balancer;

  private Metrics(PrometheusMeterRegistry registry, Exemplars exemplars, LongSupplier nanoTime) {
    this.registry = registry;
    this.nanoTime = nanoTime;
    process = new ProcessMeters(registry.getPrometheusRegistry());
    requests = new RequestMetrics(registry, exemplars);
    signIns = new SignInMetrics(registry);
    registrations = new RegistrationMetrics(registry);
    hashing = new HashingMetrics(registry);
    limits = new LimitMetrics(registry);
    cache = new CacheMetrics(registry);
    breakers = new BreakerMetrics(registry);
    discovery = new DiscoveryMetrics(registry);
    gateway = new GatewayMetrics(registry);
    balancer = new BalancerMetrics(registry);
  }

  /// Creates meters without values.
  ///
  /// @param traced whether durations carry exemplars of traces
  public static Metrics open(boolean traced) {
    return open(traced, System::nanoTime);
  }

  static Metrics open(boolean traced, LongSupplier nanoTime) {
    var exemplars = new Exemplars();
    var registry =
        new PrometheusMeterRegistry(
            BucketExemplars.INSTANCE,
            new PrometheusRegistry(),
            Clock.SYSTEM,
            traced ? exemplars : null);
    return new Metrics(registry, exemplars, nanoTime);
  }

  /// Creates meters without exemplars in a registry of the caller, with its filters.
  public static Metrics in(PrometheusMeterRegistry registry) {
    return new Metrics(registry, new Exemplars(), System::nanoTime);
  }

  /// `http_request_duration_seconds`.
  public RequestMetrics requests() {
    return requests;
  }

  /// `logins_total`.
  public SignInMetrics signIns() {
    return signIns;
  }

  /// `registrations_total`.
  public RegistrationMetrics registrations() {
    return registrations;
  }

  /// `password_hash_*`.
  public HashingMetrics hashing() {
    return hashing;
  }

  /// `rate_limit_decisions_total`.
  public LimitMetrics limits() {
    return limits;
  }

  /// `cache_requests_total`.
  public CacheMetrics cache() {
    return cache;
  }

  /// `circuit_breaker_state`.
  public BreakerMetrics breakers() {
    return breakers;
  }

  /// `discovery_instances`.
  public DiscoveryMetrics discovery() {
    return discovery;
  }

  /// `gateway_upstream_requests_total` and `gateway_upstream_in_flight`.
  public GatewayMetrics gateway() {
    return gateway;
  }

  /// `gateway_upstream_changes_total` and `gateway_panics_total`.
  public BalancerMetrics balancer() {
    return balancer;
  }

  /// `hikaricp_*`, for the pool that is given this.
  public MetricsTrackerFactory pool() {
    return new MicrometerMetricsTrackerFactory(registry);
  }

  /// `active_connections`.
  ///
  /// @param connections returns the current number
  public void activeConnections(IntSupplier connections) {
    Gauge.builder("active.connections", connections, IntSupplier::getAsInt)
        .description("Open client connections")
        .strongReference(true)
        .register(registry);
  }

  /// `clock_offset_seconds`.
  ///
  /// @param offset of the instance's wall clock to the database's; empty while unknown
  public void clockOffset(Supplier<Optional<Duration>> offset) {
    Gauge.builder("clock.offset.seconds", offset, Metrics::seconds)
        .description("How far the wall clock is ahead of the database's")
        .strongReference(true)
        .register(registry);
  }

  /// `database_server_refused`.
  ///
  /// @param refused whether the database server is refused because it is behind
  public void serverRefused(BooleanSupplier refused) {
    Gauge.builder("database.server.refused", () -> refused.getAsBoolean() ? 1 : 0)
        .description("Whether the database server is refused because it is behind what was seen")
        .register(registry);
  }

  private static double seconds(Supplier<Optional<Duration>> offset) {
    return offset.get().map(Duration::toMillis).map(millis -> millis / 1_000.0).orElse(Double.NaN);
  }

  /// `feed_horizon_age_seconds`.
  ///
  /// @param feed the table that is read, one of a fixed few
  /// @param age how long the oldest transaction that holds the feed's cursor back has been open
  public void feedHorizon(String feed, Supplier<Duration> age) {
    Gauge.builder("feed.horizon.age.seconds", () -> age.get().toMillis() / 1_000.0)
        .description("How long the oldest transaction that holds a feed back has been open")
        .tag("feed", feed)
        .register(registry);
  }

  /// Shows the periodic tasks of the process as `background_task_last_success_seconds`. Its label
  /// set is fixed: the tasks that the process starts. Without a value once a task has ended.
  public void tasks(PeriodicTasks tasks) {
    tasks.follow(
        name ->
            Gauge.builder("background.task.last.success.seconds", () -> age(tasks, name))
                .description(
                    "Seconds since the last success of a background task, or since its start")
                .tag("task", name)
                .register(registry));
  }

  private static double age(PeriodicTasks tasks, String name) {
    return tasks
        .status(name)
        .map(status -> status.sinceSuccess().toMillis() / 1_000.0)
        .orElse(Double.NaN);
  }

  /// Sets the upstream instances: those on the list are shown at once, others are removed.
  ///
  /// @param ids as reported by attempts, breakers and ejections
  public void follow(Collection<String> ids) {
    gateway.follow(ids, nanoTime.getAsLong());
    balancer.follow(ids, nanoTime.getAsLong());
    breakers.follow(ids);
  }

  /// The current values of all meters.
  byte[] read(ScrapeFormat form) {
    process.begin();
    gateway.sweep(nanoTime.getAsLong());
    balancer.sweep(nanoTime.getAsLong());
    var out = new ByteArrayOutputStream(USUAL_SIZE);
    try {
      registry.scrape(out, form.contentType());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    registry.close();
  }
}
