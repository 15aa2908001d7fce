package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.cache.CacheListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// `cache_requests_total{cache,tier,result}`. The caches have fixed names.
public final class CacheMetrics implements CacheListener {
  private final Map<String, Tiers> caches = new ConcurrentHashMap<>();
  private final Meter.MeterProvider<Counter> requests;

  /// The counters of one cache.
  private record Tiers(Map<Result, Counter> near, Map<Result, Counter> far) {
    Map<Result, Counter> of(Tier tier) {
      return switch (tier) {
        case NEAR -> near;
        case FAR -> far;
      };
    }
  }

  CacheMetrics(MeterRegistry registry) {
    requests =
        Counter.builder("cache.requests")
            .description("Look-ups in a tier of a cache, by result")
            .withRegistry(registry);
  }

  @Override
  public void opened(String cache) {
    var _ = caches.computeIfAbsent(cache, this::of);
  }

  @Override
  public void requested(String cache, Tier tier, Result result) {
    Tiers known = caches.get(cache);
    if (known == null) {
      known = caches.computeIfAbsent(cache, this::of);
    }
    Counter counter = known.of(tier).get(result);
    if (counter != null) {
      counter.increment();
    }
  }

  private Tiers of(String cache) {
    return new Tiers(counters(cache, "near"), counters(cache, "far"));
  }

  private Map<Result, Counter> counters(String cache, String tier) {
    var counters = new EnumMap<Result, Counter>(Result.class);
    for (Result result : Result.values()) {
      String label = result.name().toLowerCase(Locale.ROOT);
      counters.put(result, requests.withTags("cache", cache, "tier", tier, "result", label));
    }
    return counters;
  }
}
