package dev.gatehouse.resilience.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules that gateway and client have in common.
class ReplyTest {
  @ParameterizedTest
  @CsvSource({
    "200, false, GOOD", "404, false, GOOD", "429, true, GOOD", "500, false, ERROR",
    "502, true, ERROR", "503, false, BUSY", "503, true, LEAVING", "504, false, LATE"
  })
  void tellsFromTheStatusHowTheInstanceFares(int status, boolean closing, Reply reply) {
    assertThat(Reply.of(status, closing)).isEqualTo(reply);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, false, ALWAYS", "HEAD, false, ALWAYS", "PUT, false, ALWAYS", "DELETE, false, ALWAYS",
    "OPTIONS, false, ALWAYS", "TRACE, false, ALWAYS", "POST, false, UNSENT", "POST, true, ALWAYS",
    "PATCH, false, UNSENT", "PATCH, true, UNSENT", "get, false, UNSENT"
  })
  void repeatsWhatIsTheSameDoneTwice(String method, boolean keyed, Idempotency idempotency) {
    assertThat(Idempotency.of(method, keyed)).isEqualTo(idempotency);
  }
}
