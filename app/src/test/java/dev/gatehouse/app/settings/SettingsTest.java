package dev.gatehouse.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.ConfigurationException;
import dev.gatehouse.app.config.ConfigurationReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  record Clash(Map<String, String> variables, String words) {}

  static Stream<Clash> clashes() {
    return Stream.of(
        new Clash(Map.of("HTTP_PORT", "9090"), "must differ"),
        new Clash(Map.of("SHUTDOWN_DELAY", "20s"), "must be shorter than"),
        new Clash(Map.of("TLS_KEY", "key.pem"), "needed both"),
        new Clash(Map.of("TLS_CERTIFICATE", "certificate.pem"), "needed both"),
        new Clash(Map.of("DATABASE_MAX_OPEN", "1"), "must not exceed"),
        new Clash(Map.of("DATABASE_USER", "me"), "has no meaning without"),
        new Clash(Map.of("DATABASE_PASSWORD", "pw"), "has no meaning without"),
        new Clash(Map.of("DATABASE_URL", "postgresql://db/gh"), "openssl rand -base64 32"),
        new Clash(Map.of("TOKEN_ACCESS_TTL", "1d", "TOKEN_REFRESH_IDLE_TTL", "1h"), "not exceed"),
        new Clash(Map.of("TOKEN_REFRESH_IDLE_TTL", "91d"), "must not exceed"),
        new Clash(Map.of("HASH_MAX_WAIT", "11s"), "must not exceed"));
  }

  @ParameterizedTest
  @MethodSource("clashes")
  void saysWhichSettingsContradictEachOther(Clash clash) {
    assertThat(faults(clash.variables()))
        .singleElement()
        .asString()
        .startsWith("GATEHOUSE_")
        .contains(clash.words());
  }

  @Test
  void hasTheDefaultsOfTheContract() {
    Configuration configuration = read(Map.of());

    assertThat(configuration.get(HttpConfiguration.HOST)).isEqualTo("127.0.0.1");
    assertThat(configuration.get(HttpConfiguration.MAX_BODY)).isEqualTo(65_536);
    assertThat(configuration.get(HttpConfiguration.SHUTDOWN_GRACE)).hasSeconds(20);
    assertThat(configuration.get(DatabaseConfiguration.DATA_DIR)).isEqualTo(Path.of("./data"));
    assertThat(configuration.get(DatabaseConfiguration.ACQUIRE_TIMEOUT)).hasMillis(250);
    assertThat(configuration.get(TokenConfiguration.ISSUER))
        .isEqualTo(URI.create("http://127.0.0.1:8080"));
    assertThat(configuration.get(TokenConfiguration.KEY_ROTATION)).isEqualTo(Duration.ofDays(30));
    assertThat(configuration.get(PasswordConfiguration.MEMORY_KIB)).isEqualTo(19_456);
    assertThat(configuration.get(PasswordConfiguration.WORKERS))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(configuration.find(LogConfiguration.FORMAT)).isEmpty();
  }

  @Test
  void namesAnIssuerThatClientsCanReach() {
    assertThat(issuer("0.0.0.0")).isEqualTo("http://localhost:8080");
    assertThat(issuer("::1")).isEqualTo("http://[::1]:8080");
    assertThat(issuer("gate.example")).isEqualTo("http://gate.example:8080");
  }

  @Test
  void takesAnExternalDatabaseTogetherWithAKey() {
    Configuration configuration =
        read(Map.of("DATABASE_URL", "postgresql://me:pw@db/gh", "SECRET_KEY", KEY));

    assertThat(configuration.get(DatabaseConfiguration.URL).user()).contains("me");
    assertThat(configuration.get(TokenConfiguration.SECRET_KEY)).hasSize(1);
  }

  private static String issuer(String host) {
    return read(Map.of("HTTP_HOST", host)).get(TokenConfiguration.ISSUER).toString();
  }

  private static Configuration read(Map<String, String> variables) {
    var environment = new HashMap<String, String>();
    variables.forEach((name, value) -> environment.put("GATEHOUSE_" + name, value));
    return new ConfigurationReader(Settings.CATALOG, environment, Map.of()).read();
  }

  private static List<String> faults(Map<String, String> variables) {
    return catchThrowableOfType(ConfigurationException.class, () -> read(variables)).faults();
  }
}
