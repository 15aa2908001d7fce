package dev.gatehouse.accounts.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.errors.InvalidFields;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {
  @ParameterizedTest
  @CsvSource({
    "'  Ada Lovelace ', Ada Lovelace",
    "Zoe\u0308, Zoë",
    "محمد, محمد",
    "山田 太郎, 山田 太郎",
    "👩‍💻, 👩‍💻",
  })
  void readsAName(String raw, String name) {
    assertThat(DisplayName.parse(raw)).isEqualTo(new DisplayName(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "a\u0000b", "a\nb", "a\u2028b", "\u202Eevil", "a\uFEFFb", "\uD800"})
  void refusesWhatCannotBeShown(String raw) {
    assertThatExceptionOfType(InvalidFields.class).isThrownBy(() -> DisplayName.parse(raw));
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 10_000})
  void refusesWhatIsTooLong(int length) {
    String name = "x".repeat(length);

    assertThatExceptionOfType(InvalidFields.class).isThrownBy(() -> DisplayName.parse(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "🔑"})
  void takesAHundredCharactersOfAnyWidth(String character) {
    String name = character.repeat(100);

    assertThat(DisplayName.parse(name).value()).isEqualTo(name);
  }
}
