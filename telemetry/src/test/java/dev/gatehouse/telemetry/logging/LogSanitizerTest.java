package dev.gatehouse.telemetry.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSanitizerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain text, 100%      | plain text, 100%",
        "Zoë 王 😀             | Zoë 王 😀",
        "'a\nb'                | a\\nb",
        "'a\rb\tc'             | a\\rb\\tc",
        "'a\u001b[31mb'        | a\\u001b[31mb",
        "'a\u0085b'            | a\\u0085b",
        "'a\u2028b'            | a\\u2028b",
        "'a\u202eb'            | a\\u202eb",
        "'a\u007fb'            | a\\u007fb"
      })
  void writesOutWhatCouldLeaveTheLine(String text, String expected) {
    assertThat(LogSanitizer.of(text)).isEqualTo(expected);
  }
}
