package dev.gatehouse.resilience.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdempotencyTest {
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
