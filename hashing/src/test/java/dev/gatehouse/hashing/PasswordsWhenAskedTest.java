package dev.gatehouse.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordsWhenAskedTest {
  private final PasswordsWhenAsked common = new PasswordsWhenAsked(8);

  @Test
  void knowsWhatTheListKnows() {
    assertThat(common.contains("password1")).isTrue();
    assertThat(common.contains("iloveyou")).isTrue();
    assertThat(common.contains("correct horse battery")).isFalse();
    assertThat(common.contains("123456")).as("shorter than asked for").isFalse();
  }
}
