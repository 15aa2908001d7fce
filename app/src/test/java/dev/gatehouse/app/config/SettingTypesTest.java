package dev.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.telemetry.logging.LogFormat;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypesTest {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  record Right(SettingType<?> kind, String text, Object value) {}

  record Wrong(SettingType<?> kind, String text) {}

  static Stream<Right> readable() {
    var durations = Durations.between("0s", "400d");
    var sizes = Sizes.between(1, 16 << 20);
    return Stream.of(
        new Right(durations, "250ms", Duration.ofMillis(250)),
        new Right(durations, "5s", Duration.ofSeconds(5)),
        new Right(durations, "30m", Duration.ofMinutes(30)),
        new Right(durations, "12h", Duration.ofHours(12)),
        new Right(durations, "30d", Duration.ofDays(30)),
        new Right(durations, "0s", Duration.ZERO),
        new Right(sizes, "512B", 512),
        new Right(sizes, "64KiB", 65_536),
        new Right(sizes, "16MiB", 16 << 20),
        new Right(SettingTypes.port(), "0", 0),
        new Right(SettingTypes.port(), "65535", 65_535),
        new Right(SettingTypes.number(1, 9), "9", 9),
        new Right(SettingTypes.host(), "0.0.0.0", "0.0.0.0"),
        new Right(SettingTypes.host(), "::1", "::1"),
        new Right(SettingTypes.host(), "accounts.example.com", "accounts.example.com"),
        new Right(SettingTypes.onOff(), "on", true),
        new Right(SettingTypes.onOff(), "OFF", false),
        new Right(SettingTypes.path(), "./data", Path.of("./data")),
        new Right(SettingTypes.visible(), "gatehouse", "gatehouse"),
        new Right(SettingTypes.oneOf(LogFormat.class), "Json", LogFormat.JSON),
        new Right(SettingTypes.httpUrl(), "https://a.example/x", URI.create("https://a.example/x")),
        new Right(SecretKey.listKind(), KEY, List.of(SecretKey.of(new byte[32]))),
        new Right(
            SecretKey.listKind(),
            KEY.replace("=", "") + "," + KEY,
            List.of(SecretKey.of(new byte[32]), SecretKey.of(new byte[32]))));
  }

  static Stream<Wrong> unreadable() {
    var durations = Durations.between("1s", "1h");
    var sizes = Sizes.between(1024, 1 << 20);
    return Stream.of(
        new Wrong(durations, "5"),
        new Wrong(durations, "5 s"),
        new Wrong(durations, "-5s"),
        new Wrong(durations, "1.5s"),
        new Wrong(durations, "999ms"),
        new Wrong(durations, "61m"),
        new Wrong(durations, "99999999999s"),
        new Wrong(sizes, "64KB"),
        new Wrong(sizes, "1B"),
        new Wrong(sizes, "2MiB"),
        new Wrong(sizes, "999999999MiB"),
        new Wrong(SettingTypes.port(), "65536"),
        new Wrong(SettingTypes.port(), "-1"),
        new Wrong(SettingTypes.port(), "http"),
        new Wrong(SettingTypes.port(), "٨٠"),
        new Wrong(SettingTypes.number(1, 9), "0"),
        new Wrong(SettingTypes.number(1, 9), "99999999999999999999"),
        new Wrong(SettingTypes.host(), "a b"),
        new Wrong(SettingTypes.host(), "http://a"),
        new Wrong(SettingTypes.onOff(), "yes"),
        new Wrong(SettingTypes.path(), "a\0b"),
        new Wrong(SettingTypes.visible(), "two words"),
        new Wrong(SettingTypes.oneOf(LogFormat.class), "xml"),
        new Wrong(SettingTypes.httpUrl(), "ftp://a.example"),
        new Wrong(SettingTypes.httpUrl(), "https://a.example/"),
        new Wrong(SettingTypes.httpUrl(), "https://me:pw@a.example"),
        new Wrong(SettingTypes.httpUrl(), "https://a.example?x=1"),
        new Wrong(SettingTypes.httpUrl(), "/relative"),
        new Wrong(SecretKey.listKind(), "c2hvcnQ="),
        new Wrong(SecretKey.listKind(), "not base64!"));
  }

  @ParameterizedTest
  @MethodSource("readable")
  void readsWhatIsWrittenRight(Right row) throws InvalidValue {
    assertThat(row.kind().read(row.text())).isEqualTo(row.value());
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void refusesWhatIsWrittenWrong(Wrong row) {
    assertThatThrownBy(() -> row.kind().read(row.text()))
        .isInstanceOf(InvalidValue.class)
        .hasMessageNotContaining(row.text().length() > 3 ? row.text() : "\0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "250ms", "90s", "5m", "12h", "30d"})
  void writesDurationsSoThatTheyReadBack(String written) throws InvalidValue {
    var kind = Durations.between("0s", "400d");
    Duration value = kind.read(written);

    assertThat(kind.read(kind.write(value))).isEqualTo(value);
  }
}
