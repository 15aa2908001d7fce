package dev.gatehouse.telemetry.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Adds exemplars only to buckets and counters. Micrometer also adds them to the counts of
/// histograms, and Debian's Prometheus 2.42 rejects such a scrape.
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
