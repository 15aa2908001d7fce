package dev.gatehouse.api.walk;

import static org.assertj.core.api.Assertions.assertThat;

/// What every answer has to say to browsers and caches, whatever it is about.
final class SafeHeaders {
  private SafeHeaders() {}

  static void check(Answer answer) {
    String about = answer.outcome().toString();
    assertThat(answer.header("X-Content-Type-Options")).as(about).hasValue("nosniff");
    assertThat(answer.header("Referrer-Policy")).as(about).hasValue("no-referrer");
    String policy = answer.header("Content-Security-Policy").orElse("");
    assertThat(policy).as(about).contains("default-src 'none'", "frame-ancestors 'none'");
    if (answer.header("Content-Type").orElse("").contains("json")) {
      assertThat(policy).as(about).doesNotContain("-src 'self'");
    }
    if (!isPublic(answer)) {
      assertThat(answer.header("Cache-Control")).as(about).hasValue("no-store");
    }
  }

  /// The same for everybody.
  private static boolean isPublic(Answer answer) {
    String path = answer.call().path();
    return answer.status() < 400
        && (path.startsWith("/docs")
            || path.startsWith("/openapi.yaml")
            || path.startsWith("/.well-known/"));
  }
}
