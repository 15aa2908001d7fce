package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CacheSettingsTest {
  @Test
  void refusesValuesOutOfBounds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CacheSettings(Duration.ofMillis(999), 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new CacheSettings(Duration.ofDays(2), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CacheSettings(Duration.ofMinutes(5), 0));
  }
}
