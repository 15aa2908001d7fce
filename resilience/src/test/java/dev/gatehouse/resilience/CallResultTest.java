package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallResultTest {
  @ParameterizedTest
  @CsvSource({
    "200, SUCCESS",
    "404, SUCCESS",
    "429, SUCCESS",
    "500, ERROR",
    "502, ERROR",
    "503, REFUSED",
    "504, TIMEOUT"
  })
  void tellsFromTheStatusHowTheInstanceFares(int status, CallResult result) {
    assertThat(CallResult.ofStatus(status)).isEqualTo(result);
  }
}
