package dev.gatehouse.api.walk;

import static org.assertj.core.api.Assertions.assertThat;

/// What every response has to say to browsers and caches, whatever it is about.
final class SafeHeaders {
  private SafeHeaders() {}

  static void check(CallResponse response) {
    String about = response.outcome().toString();
    assertThat(response.header("X-Content-Type-Options")).as(about).hasValue("nosniff");
    assertThat(response.header("Referrer-Policy")).as(about).hasValue("no-referrer");
    String policy = response.header("Content-Security-Policy").orElse("");
    assertThat(policy).as(about).contains("default-src 'none'", "frame-ancestors 'none'");
    if (response.header("Content-Type").orElse("").contains("json")) {
      assertThat(policy).as(about).doesNotContain("-src 'self'");
    }
    if (!isPublic(response)) {
      assertThat(response.header("Cache-Control")).as(about).hasValue("no-store");
    }
  }

  /// The same for everybody.
  private static boolean isPublic(CallResponse response) {
    String path = response.call().path();
    return response.status() < 400
        && (path.startsWith("/docs")
            || path.startsWith("/openapi.yaml")
            || path.startsWith("/.well-known/"));
  }
}
