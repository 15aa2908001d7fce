package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.http.RequestContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Attempts at one operation, counted by result. A use case reports the result of an attempt that
/// reaches it; otherwise the status of the response determines it. The first of the two counts, but
/// a success always counts. Every series exists from the start. Thread-safe.
final class AttemptCounters {
  final Counter success;
  final Counter refused;
  final Counter invalid;
  final Counter rateLimited;
  final Counter unavailable;
  final Counter error;
  private final Counter abandoned;

  /// @param refusal the value of the label `result` for an attempt that the rules refuse
  AttemptCounters(String name, String description, String refusal, MeterRegistry registry) {
    var attempts = Counter.builder(name).description(description).withRegistry(registry);
    success = attempts.withTag("result", "success");
    refused = attempts.withTag("result", refusal);
    invalid = attempts.withTag("result", "invalid");
    rateLimited = attempts.withTag("result", "rate_limited");
    unavailable = attempts.withTag("result", "unavailable");
    error = attempts.withTag("result", "error");
    abandoned = attempts.withTag("result", "abandoned");
  }

  /// Counts the result that a use case reports.
  void reported(Counter result) {
    RequestContext request = RequestContext.currentOrNull();
    boolean first = request == null || request.outcome().take();
    if (first || result.equals(success)) {
      result.increment();
    }
  }

  /// Counts a request that ended before a use case reported a result.
  void ended(int status) {
    if (status < 400) {
      return;
    }
    switch (status) {
      case 429 -> rateLimited.increment();
      case 499 -> abandoned.increment();
      case 503, 504 -> unavailable.increment();
      default -> (status < 500 ? invalid : error).increment();
    }
  }
}
