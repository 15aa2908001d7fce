package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.hashing.HashingListener;
import dev.gatehouse.resilience.pool.Rejection;
import dev.gatehouse.resilience.pool.WorkerPool;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// `password_hash_duration_seconds{operation}`, `password_hash_queue_depth` and
/// `password_hash_rejected_total{reason}`.
public final class HashingMetrics implements HashingListener {
  /// A hash takes tens of milliseconds; an imported one may take a second.
  private static final Duration[] BUCKETS =
      Stream.of(1, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 250, 500, 1_000, 2_500)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<Operation, Timer> timers = new EnumMap<>(Operation.class);
  private final Map<Rejection.Reason, Counter> rejections = new EnumMap<>(Rejection.Reason.class);
  private final Counter dropped;

  HashingMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (Operation operation : Operation.values()) {
      timers.put(operation, timer(operation));
    }
    var rejected =
        Counter.builder("password.hash.rejected")
            .description("Rejected hashes, by reason")
            .withRegistry(registry);
    for (Rejection.Reason reason : Rejection.Reason.values()) {
      rejections.put(reason, rejected.withTag("reason", label(reason)));
    }
    dropped = rejected.withTag("reason", "caller_left");
  }

  /// Registers the queue depth of these workers.
  public void watch(Supplier<WorkerPool.Load> load) {
    Gauge.builder("password.hash.queue.depth", load, workers -> workers.get().queued())
        .description("Hashes in the queue")
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void hashed(Operation operation, long nanos) {
    Timer timer = timers.get(operation);
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void rejected(Rejection.Reason reason) {
    Counter counter = rejections.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void dropped() {
    dropped.increment();
  }

  private Timer timer(Operation operation) {
    return Timer.builder("password.hash.duration")
        .description("Time of a hash on its worker, without the wait")
        .tag("operation", label(operation))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
