package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.http.observation.RequestObserver;
import dev.gatehouse.http.observation.TraceContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `http_request_duration_seconds{method,path,status}`. Routes and their statuses are few; each
/// combination looks up its meter once.
public final class RequestMetrics implements RequestObserver {
  private static final int LOWEST_STATUS = 100;
  private static final int HIGHEST_STATUS = 599;

  /// The default buckets of Prometheus clients.
  private static final Duration[] BUCKETS =
      Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Exemplars exemplars;

  RequestMetrics(MeterRegistry registry, Exemplars exemplars) {
    this.registry = registry;
    this.exemplars = exemplars;
  }

  @Override
  public OfRoute forRoute(String method, String template) {
    return new RouteTimers(method, template);
  }

  /// The meters of one route, by status.
  private final class RouteTimers implements OfRoute {
    private final AtomicReferenceArray<Timer> timers =
        new AtomicReferenceArray<>(HIGHEST_STATUS - LOWEST_STATUS + 1);
    private final String method;
    private final String template;

    RouteTimers(String method, String template) {
      this.method = method;
      this.template = template;
    }

    @Override
    public void responded(int status, long nanos, @Nullable TraceContext recorded) {
      int bounded = Math.clamp(status, LOWEST_STATUS, HIGHEST_STATUS);
      Timer known = timers.get(bounded - LOWEST_STATUS);
      Timer timer = known == null ? begun(bounded) : known;
      if (recorded == null) {
        timer.record(nanos, TimeUnit.NANOSECONDS);
        return;
      }
      exemplars.of(recorded, () -> timer.record(nanos, TimeUnit.NANOSECONDS));
    }

    private Timer begun(int status) {
      Timer timer =
          Timer.builder("http.request.duration")
              .description("From the head of a request to its response; 499 when the client left")
              .tag("method", method)
              .tag("path", template)
              .tag("status", Integer.toString(status))
              .serviceLevelObjectives(BUCKETS)
              .register(registry);
      timers.set(status - LOWEST_STATUS, timer);
      return timer;
    }
  }
}
