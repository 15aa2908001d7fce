package dev.gatehouse.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.ConfigurationException;
import dev.gatehouse.app.config.ConfigurationReader;
import dev.gatehouse.discovery.Instance;
import dev.gatehouse.limits.Rate;
import dev.gatehouse.limits.RateLimitSettings;
import dev.gatehouse.resilience.balancing.ZonePreference;
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
import org.junit.jupiter.params.provider.ValueSource;

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
        new Clash(Map.of("HASH_MAX_WAIT", "11s"), "must not exceed"),
        new Clash(Map.of("CONSUL_URL", "http://consul:8500/v1"), "a host and no path"),
        new Clash(Map.of("CONSUL_URL", "https://my_consul:8500"), "without an underscore"));
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
    assertThat(RateLimitConfiguration.limits(configuration)).contains(RateLimitSettings.defaults());
    assertThat(configuration.find(RateLimitConfiguration.TRUSTED_PROXIES)).isEmpty();
  }

  @Test
  void readsLimitsAndProxies() {
    Configuration configuration =
        read(
            Map.of(
                "RATE_LIMIT_IP", "5/2m",
                "TRUSTED_PROXIES", "10.0.0.0/8, 2001:db8::/32,192.0.2.1"));

    assertThat(configuration.get(RateLimitConfiguration.IP))
        .isEqualTo(new Rate(5, Duration.ofMinutes(2)));
    assertThat(configuration.get(RateLimitConfiguration.TRUSTED_PROXIES)).hasSize(3);
    assertThat(configuration.lines(RateLimitConfiguration.SECTION))
        .extracting(line -> line.value().orElse(""))
        .contains("5/2m", "10.0.0.0/8,2001:db8::/32,192.0.2.1/32");
    assertThat(RateLimitConfiguration.limits(read(Map.of("RATE_LIMIT", "off")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "/1s", "0/1s", "5/", "5/1", "5/0s", "5/1s/1s", "-1/1s", "1e3/1s"})
  void refusesWhatIsNoRate(String written) {
    assertThat(faults(Map.of("RATE_LIMIT_IP", written)))
        .singleElement()
        .asString()
        .contains("GATEHOUSE_RATE_LIMIT_IP", "a rate such as 100/1s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1/8", "10.0.0.0/8,", ",", "proxy.example", "10.0.0.0/8 ::1"})
  void refusesWhatIsNoListOfProxies(String written) {
    assertThat(faults(Map.of("TRUSTED_PROXIES", written)))
        .singleElement()
        .asString()
        .contains("GATEHOUSE_TRUSTED_PROXIES", "10.0.0.0/8");
  }

  @Test
  void namesAnAddressThatOthersCanReach() throws Exception {
    assertThat(ClusterConfiguration.own(read(Map.of()), 81).id()).isEqualTo("127.0.0.1:81");
    assertThat(ClusterConfiguration.own(read(Map.of("HTTP_HOST", "0.0.0.0")), 81).id())
        .isNotEqualTo("0.0.0.0:81")
        .endsWith(":81");
    assertThat(ClusterConfiguration.own(read(Map.of("SERVICE_ADDRESS", "[::1]:82")), 81).id())
        .isEqualTo("[::1]:82");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"host", "host:0", "host:65536", ":80", "http://host:80", "gatehouse 1:8080"})
  void refusesWhatIsNoAddressOfAService(String written) {
    assertThat(faults(Map.of("SERVICE_ADDRESS", written)))
        .singleElement()
        .asString()
        .contains(
            "GATEHOUSE_SERVICE_ADDRESS",
            "host:port",
            "letters, digits, hyphens, underscores and dots");
  }

  @Test
  void refusesInstancesThatCannotBeCalled() {
    assertThat(faults(Map.of("GATEWAY_UPSTREAMS", "10.0.0.7:8080,gatehouse 1:8080")))
        .singleElement()
        .asString()
        .contains("GATEHOUSE_GATEWAY_UPSTREAMS", "letters, digits, hyphens, underscores and dots");
  }

  @Test
  void takesHostsWithAnUnderscoreEverywhere() throws Exception {
    Configuration configuration =
        read(
            Map.of(
                "HTTP_HOST", "gatehouse_1",
                "CONSUL_URL", "http://my_consul:8500",
                "REDIS_URL", "redis://:pw@my_redis:6379",
                "DATABASE_URL", "postgresql://me:pw@my_db:5432/gh",
                "CORS_ORIGINS", "http://web_app:3000",
                "GATEWAY_UPSTREAMS", "gatehouse_1:8080,gatehouse_2:8080",
                "SECRET_KEY", KEY));

    assertThat(ClusterConfiguration.own(configuration, 81).id()).isEqualTo("gatehouse_1:81");
    assertThat(ClusterConfiguration.consul(configuration)).isPresent();
    assertThat(TokenConfiguration.tokens(configuration).issuer())
        .isEqualTo("http://gatehouse_1:8080");
    assertThat(configuration.get(DatabaseConfiguration.URL).jdbc())
        .isEqualTo("jdbc:postgresql://my_db:5432/gh");
    assertThat(configuration.get(GatewayConfiguration.UPSTREAMS)).hasSize(2);
  }

  record Foreign(String name, String value) {}

  static Stream<Foreign> foreign() {
    return Stream.of(
        new Foreign("OTEL_PROPAGATORS", "tracecontext,baggage,b3"),
        new Foreign("OTEL_TRACES_SAMPLER", "xray"),
        new Foreign("OTEL_SDK_DISABLED", "1"),
        new Foreign("OTEL_TRACES_EXPORTER", "console"),
        new Foreign("OTEL_RESOURCE_ATTRIBUTES", "foo"),
        new Foreign("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        new Foreign("OTEL_EXPORTER_OTLP_HEADERS", "key"),
        new Foreign("OTEL_EXPORTER_OTLP_TIMEOUT", "10s"),
        new Foreign("OTEL_BSP_SCHEDULE_DELAY", "-1"),
        new Foreign("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://me:pw@collector:4318"));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void reportsAndIgnoresWhatOfOpenTelemetryIsMeantForOthers(Foreign foreign) {
    Map<String, String> variables = Map.of(foreign.name(), foreign.value());
    Configuration alone = new ConfigurationReader(Settings.CATALOG, variables, Map.of()).read();
    boolean endpoint = foreign.name().endsWith("ENDPOINT");
    assertThat(TracingConfiguration.warnings(alone)).hasSize(endpoint ? 1 : 0);
    assertThat(TracingConfiguration.tracing(alone, "id")).isEmpty();

    var traced = new HashMap<>(variables);
    traced.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel_collector:4318");
    Configuration configuration =
        new ConfigurationReader(Settings.CATALOG, traced, Map.of()).read();
    assertThat(TracingConfiguration.warnings(configuration))
        .singleElement()
        .asString()
        .startsWith(foreign.name() + " is ignored")
        .doesNotContain("pw@");
    assertThat(TracingConfiguration.tracing(configuration, "id")).isPresent();
  }

  @Test
  void takesResourceAttributesWithACommaAtTheEnd() {
    var variables = Map.of("OTEL_RESOURCE_ATTRIBUTES", "foo=bar,");
    Configuration configuration =
        new ConfigurationReader(Settings.CATALOG, variables, Map.of()).read();

    assertThat(configuration.warnings()).isEmpty();
    assertThat(configuration.get(TracingConfiguration.RESOURCE)).containsEntry("foo", "bar");
  }

  @Test
  void givesAnInstanceItsZoneAndWeightAndTheGatewayItsPreference() throws Exception {
    Configuration placed = read(Map.of("SERVICE_ZONE", "north", "SERVICE_WEIGHT", "3"));

    assertThat(ClusterConfiguration.own(placed, 81))
        .isEqualTo(Instance.at("127.0.0.1", 81).in("north").weighing(3));
    assertThat(GatewayConfiguration.cluster(placed).balancer().zone())
        .contains(ZonePreference.of("north"));
    assertThat(ClusterConfiguration.own(read(Map.of()), 81))
        .isEqualTo(Instance.at("127.0.0.1", 81));
    assertThat(GatewayConfiguration.cluster(read(Map.of())).balancer().zone()).isEmpty();
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
