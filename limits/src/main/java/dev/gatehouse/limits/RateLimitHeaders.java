package dev.gatehouse.limits;

import dev.gatehouse.http.HeaderNames;
import java.util.List;
import java.util.stream.Collectors;

/// The headers that announce limits to clients (draft-ietf-httpapi-ratelimit-headers-10):
/// `RateLimit-Policy: "ip";q=100;w=1` and `RateLimit: "ip";r=99;t=1`, with times in whole seconds.
final class RateLimitHeaders {
  static final CharSequence POLICY = HeaderNames.of("ratelimit-policy");
  static final CharSequence STATE = HeaderNames.of("ratelimit");

  private static final long SECOND = 1_000_000_000;

  private RateLimitHeaders() {}

  /// All limits that apply.
  static String policy(List<RateLimit> limits) {
    return limits.stream()
        .map(RateLimit::limit)
        .map(RateLimitHeaders::policy)
        .collect(Collectors.joining(", "));
  }

  /// The remaining tokens of the tightest limit.
  static String state(Verdict verdict) {
    Decision decision = verdict.decision();
    long nanos = decision.allowed() ? decision.resetNanos() : decision.retryNanos();
    return '"' + verdict.limit().name() + "\";r=" + decision.remaining() + ";t=" + seconds(nanos);
  }

  private static String policy(Limit limit) {
    Rate rate = limit.rate();
    return "\"%s\";q=%d;w=%d"
        .formatted(limit.name(), rate.tokens(), seconds(rate.period().toNanos()));
  }

  private static long seconds(long nanos) {
    return Math.max(1, Math.ceilDiv(nanos, SECOND));
  }
}
