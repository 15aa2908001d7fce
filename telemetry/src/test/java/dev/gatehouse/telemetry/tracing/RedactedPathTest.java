package dev.gatehouse.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactedPathTest {
  private static final String ID = "0198f0aa-0000-7000-8000-000000000001";

  @ParameterizedTest
  @CsvSource({
    "/v1/users/me, /v1/users/me, /v1/users/me",
    "/v1/users/" + ID + ", /v1/users/{id}, /v1/users/" + ID,
    "/v1/users/bob@example.org, /v1/users/{id}, /v1/users/REDACTED",
    "/v1/users/" + ID + "/sessions, /v1/users/{id}/sessions, /v1/users/" + ID + "/sessions",
    "/bob@example.org, other, REDACTED",
    "/v1, /v1/users/{id}, /v1/users/REDACTED"
  })
  void keepsIdsAlone(String path, String template, String shown) {
    assertThat(RedactedPath.of(path, template)).isEqualTo(shown);
  }
}
