package dev.gatehouse.telemetry.metrics;

import java.util.Locale;

/// The formats of a scrape. Only OpenMetrics contains exemplars.
enum ScrapeFormat {
  TEXT("text/plain; version=0.0.4; charset=utf-8"),
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private static final String WISH = "application/openmetrics-text";

  private final String contentType;

  ScrapeFormat(String contentType) {
    this.contentType = contentType;
  }

  /// The format for an `Accept` header. Prometheus lists OpenMetrics first or not at all.
  static ScrapeFormat acceptedBy(String accept) {
    return accept.toLowerCase(Locale.ROOT).contains(WISH) ? OPEN_METRICS : TEXT;
  }

  String contentType() {
    return contentType;
  }
}
