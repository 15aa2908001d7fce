package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClearTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "//db.example.com/gatehouse",
        "//db.example.com:5432/gatehouse?sslmode=prefer",
        "//10.0.0.7/gatehouse?ApplicationName=a&sslmode=allow",
        "//localhost,db.example.com/gatehouse",
        "//[2001:db8::1]:5432/gatehouse",
        "//localhost.example.com/gatehouse",
      })
  void warnsOfAConnectionOverANetwork(String url) {
    assertThat(ClearText.warning(settings(url), false).orElse(""))
        .contains(url.replaceFirst("\\?.*", ""), "not encrypted", "GATEHOUSE_DATABASE_URL");
    assertThat(ClearText.warning(settings(url), true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//localhost/gatehouse",
        "//127.0.0.1:5432,[::1]:5432/gatehouse?sslmode=prefer",
        "//db.example.com/gatehouse?sslmode=disable",
        "//db.example.com/gatehouse?sslmode=require",
        "//db.example.com/gatehouse?a=b&sslmode=verify-full",
      })
  void keepsQuietWhereNothingTravelsOrTheOperatorDecided(String url) {
    assertThat(ClearText.warning(settings(url), false)).isEmpty();
  }

  @Test
  void neverRepeatsThePassword() {
    assertThat(ClearText.warning(settings("//db.example.com/gatehouse?password=hidden"), false))
        .hasValueSatisfying(warning -> assertThat(warning).doesNotContain("hidden"));
  }

  private static PostgresSettings settings(String url) {
    return PostgresSettings.of("jdbc:postgresql:" + url, "gatehouse", "");
  }
}
