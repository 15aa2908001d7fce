package dev.gatehouse.telemetry.metrics;

import java.util.Locale;

/// The forms in which meters are read. OpenMetrics alone carries exemplars.
enum ScrapeFormat {
  TEXT("text/plain; version=0.0.4; charset=utf-8"),
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private static final String WISH = "application/openmetrics-text";

  private final String contentType;

  ScrapeFormat(String contentType) {
    this.contentType = contentType;
  }

  /// What a client that says so understands best. Prometheus names OpenMetrics first or not at all.
  static ScrapeFormat acceptedBy(String accept) {
    return accept.toLowerCase(Locale.ROOT).contains(WISH) ? OPEN_METRICS : TEXT;
  }

  String contentType() {
    return contentType;
  }
}
