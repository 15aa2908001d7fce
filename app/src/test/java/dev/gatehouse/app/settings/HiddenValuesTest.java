package dev.gatehouse.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.ConfigurationException;
import dev.gatehouse.app.config.ConfigurationReader;
import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Setting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is wrong with a value, and wherever a secret is in it, the report does not show it.
class HiddenValuesTest {
  private static final String CANARY = "h7nterCanary";
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private static final List<String> VALUES =
      List.of(
          CANARY,
          "postgresql://me:" + CANARY + "/x@db:5432/gatehouse",
          "postgresql://me:1/" + CANARY + "@db:5432/gatehouse",
          "postgresql://me:1?" + CANARY + "@db:5432/gatehouse",
          "postgresql://me:%" + CANARY + "@db:5432/gatehouse",
          "postgresql://me:" + CANARY + "@data_base:543x/gatehouse",
          "postgresql://db:5432/gatehouse?sslmod=" + CANARY,
          "postgresql://db:5432/gatehouse?sslmode=" + CANARY,
          "postgresql://db:5432/gatehouse?" + CANARY + "=1",
          "host=db user=me password=" + CANARY,
          "http://me:" + CANARY + "@collector:4318",
          "http://me:1/" + CANARY + "@collector:4318",
          "https://collector:4318/?key=" + CANARY,
          "https://collector:4318/%" + CANARY,
          "redis://me:" + CANARY + "/1@cache:6379/a",
          "redis://me:1/" + CANARY + "@cache:6379",
          "redis://:" + CANARY + "@ca che:6379",
          "consul://:" + CANARY + "@consul",
          "/run/secrets/" + CANARY,
          "9 " + CANARY,
          "key=%zz" + CANARY,
          "\0" + CANARY);

  static Stream<Setting<?>> settings() {
    return Settings.CATALOG.settings().stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void showsNoneOfAWrongValue(Setting<?> setting) {
    for (String value : VALUES) {
      assertThat(report(Map.of(setting.name(), value), Map.of()))
          .as("%s=%s", setting.name(), value)
          .doesNotContain(CANARY);
      assertThat(report(Map.of(), Map.of(setting.name(), value)))
          .as("%s=%s in the file", setting.name(), value)
          .doesNotContain(CANARY);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void showsNoSecretPutInThePlaceOfItsFile(Setting<?> setting) {
    if (setting.fileName().isPresent()) {
      assertThat(report(Map.of(setting.fileName().get(), "/" + CANARY + "/b64+"), Map.of()))
          .contains(setting.fileName().get())
          .doesNotContain(CANARY);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void showsNoLineOfTheFileThatIsNoSetting(Setting<?> setting) {
    assertThat(report(Map.of(), Map.of(CANARY, "1", setting.name() + CANARY, "1")))
        .contains("file")
        .doesNotContain("\n" + CANARY)
        .doesNotStartWith(CANARY);
  }

  /// What a person sees of the configuration: the faults, or the effective values where there are
  /// none. Values that are right and no secret are shown, so that only faults count for plain
  /// texts.
  private static String report(Map<String, String> variables, Map<String, String> file) {
    var environment = new HashMap<String, String>(variables);
    environment.put("GATEHOUSE_SECRET_KEY", environment.getOrDefault("GATEHOUSE_SECRET_KEY", KEY));
    try {
      Configuration configuration =
          new ConfigurationReader(Settings.CATALOG, environment, file).read();
      return shown(configuration);
    } catch (ConfigurationException wrong) {
      var trace = new StringWriter();
      wrong.printStackTrace(new PrintWriter(trace));
      return String.join("\n", wrong.faults()) + trace;
    }
  }

  private static String shown(Configuration configuration) {
    var text = new StringBuilder();
    for (Section section : Settings.CATALOG.sections()) {
      configuration.lines(section).stream()
          .filter(line -> !PLAIN.contains(line.name()))
          .forEach(line -> text.append(line.value().orElse("-")).append('\n'));
    }
    return text.toString();
  }

  /// Any text or path is right for these, and none of them is a place for a secret.
  private static final List<String> PLAIN =
      List.of(
          "GATEHOUSE_DATABASE_USER",
          "GATEHOUSE_DATA_DIR",
          "GATEHOUSE_TLS_CERTIFICATE",
          "GATEHOUSE_TLS_KEY",
          "GATEHOUSE_HTTP_HOST",
          "GATEHOUSE_SERVICE_NAME",
          "GATEHOUSE_SERVICE_ZONE",
          "GATEHOUSE_TOKEN_AUDIENCE",
          // As a rule the host and the port.
          "GATEHOUSE_TOKEN_ISSUER",
          "OTEL_EXPORTER_OTLP_CERTIFICATE",
          "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE",
          "OTEL_RESOURCE_ATTRIBUTES",
          "OTEL_SERVICE_NAME");
}
