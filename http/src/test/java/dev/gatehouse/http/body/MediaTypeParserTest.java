package dev.gatehouse.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeParserTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        " application/json ",
        "application/json;",
        "application/json;;",
        "application/json ; ",
        "application/json;charset=UTF-8;",
        "application/json; charset=utf8",
        "application/json; charset=UTF8",
        "application/json;charset=\"utf-8\"",
        "application/json;CHARSET=\"u\\tf8\"",
        "application/json; version=1",
        "application/json; profile=\"https://a.example/;b=\\\"c\"",
        "application/json; empty=\"\"",
        "application/json;a=b;charset=utf-8;c=d",
        "application/json;\tcharset=utf-8",
      })
  void takesTheTypeWithWhateverParameters(String field) {
    assertThat(MediaTypeParser.isUtf8(field, "application/json")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "application",
        "application/json5",
        "application/jsonx;charset=utf-8",
        "text/json",
        "text/plain;a=application/json",
        "application/json, application/json",
        "application/json charset=utf-8",
        "application/json; charset=latin1",
        "application/json; charset=utf-16",
        "application/json; charset=utf-8; charset=latin1",
        "application/json; charset=\"utf-8",
        "application/json; charset",
        "application/json; charset=",
        "application/json; =utf-8",
        "application/json; charset =utf-8",
        "application/json; charset= utf-8",
        "application/json; charset=\"\"",
        "application/json; a=\"b\"c",
        "application/json; a=\"\\",
      })
  void refusesOthers(String field) {
    assertThat(MediaTypeParser.isUtf8(field, "application/json")).isFalse();
  }
}
