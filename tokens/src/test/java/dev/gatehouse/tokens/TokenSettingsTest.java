package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSettingsTest {
  @Test
  void hasTheDocumentedDefaults() {
    var settings = TokenSettings.of("http://127.0.0.1:8080");

    assertThat(settings.audience()).isEqualTo("gatehouse");
    assertThat(settings.accessTtl()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.refreshIdleTtl()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.refreshMaxTtl()).isEqualTo(Duration.ofDays(90));
    assertThat(settings.keyRotation()).isEqualTo(Duration.ofDays(30));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id.example.org",
        "ftp://id.example.org",
        "https://",
        "https://id.example.org/",
        "https://id.example.org?a",
        "https://id.example.org#a",
        "https://id example.org",
        "https://b\u00FCcher.example"
      })
  void refusesWrongIssuer(String issuer) {
    assertThatThrownBy(() -> TokenSettings.of(issuer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("issuer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://id.example.org", "http://[::1]:8080", "https://example.org/auth"})
  void acceptsIssuer(String issuer) {
    assertThat(TokenSettings.of(issuer).issuer()).isEqualTo(issuer);
  }

  @Test
  void reportsAllFaultsTogether() {
    assertThatThrownBy(
            () ->
                new TokenSettings(
                    "x",
                    "two words",
                    Duration.ofMillis(1500),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(1),
                    Duration.ofMinutes(59)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("issuer", "audience", "whole seconds", "idle", "longest", "hour");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 86_401})
  void refusesAccessLifeOutOfBounds(long seconds) {
    Duration month = Duration.ofDays(30);

    assertThatThrownBy(
            () ->
                new TokenSettings(
                    "https://a.b", "a", Duration.ofSeconds(seconds), month, month, month))
        .hasMessageContaining("1s to 24h");
  }
}
