package dev.gatehouse.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DictionaryPasswordsTest {
  private static final DictionaryPasswords COMMON = DictionaryPasswords.load(8);

  @ParameterizedTest
  @ValueSource(strings = {"password", "12345678", "iloveyou", "qwertyuiop", "password1"})
  void knowsWhatEverybodyTries(String common) {
    assertThat(COMMON.contains(common)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "correct horse battery", "vK7#pq-unlisted", "Password"})
  void knowsNothingElse(String other) {
    assertThat(COMMON.contains(other)).isFalse();
  }

  @Test
  void keepsOnlyWhatIsLongEnoughToBeAsked() {
    assertThat(COMMON.size()).isBetween(11_000, 12_000);
    assertThat(COMMON.contains("123456")).isFalse();
    assertThat(DictionaryPasswords.load(1).contains("123456")).isTrue();
  }
}
