package dev.gatehouse.telemetry.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The usual, but with exemplars at buckets and counters alone. Micrometer would have them at the
/// counts of histograms too, and Debian's Prometheus 2.42 then refuses all that it has read with
/// them.
enum BucketExemplars implements PrometheusConfig {
  INSTANCE;

  @Override
  public @Nullable String get(String key) {
    return null;
  }

  @Override
  public Properties prometheusProperties() {
    return new Properties();
  }
}
