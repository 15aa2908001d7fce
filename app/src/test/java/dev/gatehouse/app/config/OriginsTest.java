package dev.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  @Test
  void areWrittenAsBrowsersDo() throws InvalidValue {
    assertThat(
            Origins.kind()
                .read("https://App.Example.com:443, http://localhost:3000,http://[::1]:80"))
        .containsExactly("https://app.example.com", "http://localhost:3000", "http://[::1]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "https://*.example.com",
        "https://app.example.com/",
        "https://app.example.com/path",
        "https://app.example.com?q",
        "https://me@app.example.com",
        "app.example.com",
        "ftp://app.example.com",
        "https://",
        "https://a.example,",
        ""
      })
  void areNothingElse(String text) {
    assertThatThrownBy(() -> Origins.kind().read(text)).isInstanceOf(InvalidValue.class);
  }
}
