package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.limits.Decision;
import dev.gatehouse.limits.Limit;
import dev.gatehouse.limits.LimitListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// `rate_limit_decisions_total{limit,decision}`. The limits have fixed names.
public final class LimitMetrics implements LimitListener {
  private final Map<String, Counters> counters = new ConcurrentHashMap<>();
  private final Meter.MeterProvider<Counter> decisions;

  private record Counters(Counter allowed, Counter refused) {}

  LimitMetrics(MeterRegistry registry) {
    decisions =
        Counter.builder("rate.limit.decisions")
            .description("Decisions of the rate limits")
            .withRegistry(registry);
  }

  @Override
  public void opened(Limit limit) {
    var _ = counters.computeIfAbsent(limit.name(), this::of);
  }

  @Override
  public void decided(Limit limit, Decision decision) {
    Counters known = counters.get(limit.name());
    if (known == null) {
      known = counters.computeIfAbsent(limit.name(), this::of);
    }
    (decision.allowed() ? known.allowed() : known.refused()).increment();
  }

  private Counters of(String limit) {
    return new Counters(
        decisions.withTags("limit", limit, "decision", "allowed"),
        decisions.withTags("limit", limit, "decision", "refused"));
  }
}
