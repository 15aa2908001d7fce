package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.errors.WrongCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class ProblemResponsesTest {
  private static final String TABLE =
      """
      400 MALFORMED_REQUEST
      401 UNAUTHENTICATED INVALID_CREDENTIALS INVALID_TOKEN
      403 FORBIDDEN WRONG_PASSWORD WRONG_CODE REGISTRATION_CLOSED
      404 NOT_FOUND
      405 METHOD_NOT_ALLOWED
      409 EMAIL_TAKEN IDEMPOTENCY_IN_PROGRESS LAST_ADMINISTRATOR
      410 FLOW_EXPIRED
      412 STALE_VERSION
      413 BODY_TOO_LARGE
      415 UNSUPPORTED_MEDIA_TYPE
      422 INVALID_FIELDS WEAK_PASSWORD IDEMPOTENCY_KEY_REUSED
      429 RATE_LIMITED
      500 INTERNAL
      503 OVERLOADED DEPENDENCY_UNAVAILABLE
      504 DEADLINE_EXCEEDED
      """;

  @ParameterizedTest
  @EnumSource
  void givesEveryCodeItsStatus(ErrorCode code) {
    var response = ProblemResponses.of(new Refusal(code, "A \"quoted\" detail\n."), "r-1");

    assertThat(response.status()).isEqualTo(expectedStatus(code));
    assertThat(parsed(response))
        .containsEntry("status", expectedStatus(code))
        .containsEntry("code", code.name())
        .containsEntry("detail", "A \"quoted\" detail\n.")
        .containsEntry("request_id", "r-1")
        .containsEntry("instance", "urn:gatehouse:request:r-1")
        .containsKeys("type", "title")
        .doesNotContainKey("errors")
        .doesNotContainKey("tries_left");
  }

  @Test
  void saysHowOftenACodeMayBeTried() {
    assertThat(parsed(ProblemResponses.of(new WrongCode(4), "r-1")))
        .containsEntry("status", 403)
        .containsEntry("code", "WRONG_CODE")
        .containsEntry("tries_left", 4);
  }

  @Test
  void namesFields() {
    var response = ProblemResponses.of(InvalidFields.of("email", "too_long", "No."), "r-1");

    assertThat(parsed(response).get("errors"))
        .isEqualTo(
            java.util.List.of(Map.of("field", "email", "code", "too_long", "message", "No.")));
  }

  @Test
  void tellsNothingOfFaults() {
    var fault = new Fault("secret", new IllegalStateException("secret"));

    assertThat(text(ProblemResponses.of(fault, "r-1"))).doesNotContain("secret", "Exception");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "999,1", "1000,1", "1001,2", "59500,60"})
  void roundsRetryAfterUpToWholeSeconds(long millis, String seconds) {
    var wait = Duration.ofMillis(millis);

    assertThat(header(ProblemResponses.of(Unavailable.overloaded(wait), "r"), "retry-after"))
        .isEqualTo(seconds);
    assertThat(header(ProblemResponses.of(Unavailable.rateLimited(wait), "r"), "retry-after"))
        .isEqualTo(seconds);
  }

  @Test
  void challengesWithEveryUnauthorizedResponse() {
    assertThat(
            header(
                ProblemResponses.of(new Refusal(ErrorCode.UNAUTHENTICATED, "No."), "r"),
                "www-authenticate"))
        .isEqualTo("Bearer");
    assertThat(header(ProblemResponses.of(Refusal.invalidToken(), "r"), "www-authenticate"))
        .isEqualTo("Bearer error=\"invalid_token\"");
    assertThat(header(ProblemResponses.of(Refusal.invalidCredentials(), "r"), "www-authenticate"))
        .isEqualTo("Bearer");
  }

  private static int expectedStatus(ErrorCode code) {
    return TABLE
        .lines()
        .filter(line -> Arrays.asList(line.split(" ")).contains(code.name()))
        .map(line -> Integer.parseInt(line.substring(0, 3)))
        .findFirst()
        .orElseThrow();
  }

  private static String header(Response response, String name) {
    return Stream.iterate(0, index -> index < response.headerCount(), index -> index + 1)
        .filter(index -> response.headerName(index).toString().equals(name))
        .map(index -> response.headerValue(index).toString())
        .findFirst()
        .orElse("");
  }

  private static Map<?, ?> parsedRaw(Response response) {
    return JsonMapper.shared().readValue(response.body(), Map.class);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> parsed(Response response) {
    return (Map<String, Object>) parsedRaw(response);
  }

  private static String text(Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
