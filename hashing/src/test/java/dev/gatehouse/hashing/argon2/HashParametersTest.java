package dev.gatehouse.hashing.argon2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.gatehouse.hashing.HashingSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashParametersTest {
  @ParameterizedTest
  @CsvSource({
    "7, 1, 1",
    "15, 1, 2",
    "4194305, 1, 1",
    "8, 0, 1",
    "8, 1001, 1",
    "8, 1, 0",
    "1024, 1, 65",
    "-1, -1, -1",
    "2147483647, 2147483647, 2147483647"
  })
  void refusesValuesOutOfRange(int memory, int iterations, int parallelism) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HashParameters(memory, iterations, parallelism));
  }

  @ParameterizedTest
  @CsvSource({"8, 1, 1", "4194304, 1000, 64", "19456, 2, 1"})
  void acceptsValuesInRange(int memory, int iterations, int parallelism) {
    assertThatNoException().isThrownBy(() -> new HashParameters(memory, iterations, parallelism));
  }

  @ParameterizedTest
  @CsvSource({"0, PT1S", "1025, PT1S", "1, PT0.009S", "1, PT61S", "1, PT-1S"})
  void refusesSettingsOutOfRange(int workers, Duration maxWait) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HashingSettings(HashParameters.RECOMMENDED, workers, maxWait));
  }

  @Test
  void hashesOnAllProcessorsByDefault() {
    var defaults = HashingSettings.defaults();
    assertThat(defaults.workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(defaults.parameters()).isEqualTo(new HashParameters(19_456, 2, 1));
    assertThat(defaults.maxWait()).isEqualTo(Duration.ofSeconds(1));
  }
}
