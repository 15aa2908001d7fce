package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.config.ConfigurationReader;
import dev.gatehouse.app.settings.HttpConfiguration;
import dev.gatehouse.app.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ComposeTest {
  private static final List<String> INSTANCES =
      List.of("gatehouse-1", "gatehouse-2", "gatehouse-3");

  private Compose compose = new Compose(new YAMLMapper().createObjectNode());

  @BeforeEach
  void read() throws IOException {
    compose = Compose.read();
  }

  @Test
  void runsThreeInstancesAndAGateway() {
    assertThat(compose.running("serve")).isEqualTo(INSTANCES);
    assertThat(compose.running("gateway")).containsExactly("gateway");
    assertThat(compose.running("migrate")).containsExactly("migrate");
  }

  @Test
  void noContainerOfOursMayDoMoreThanItMust() {
    assertThat(compose.ours())
        .hasSize(5)
        .allSatisfy(
            name -> {
              JsonNode service = compose.service(name);
              assertThat(service.path("read_only").asBoolean()).isTrue();
              assertThat(texts(service.path("cap_drop"))).containsExactly("ALL");
              assertThat(texts(service.path("security_opt")))
                  .containsExactly("no-new-privileges:true");
              assertThat(service.path("cpus").asInt()).isEqualTo(1);
              assertThat(service.path("mem_limit").asString()).isEqualTo("512m");
            });
  }

  @Test
  void eachWaitsForWhatItNeeds() {
    assertThat(waitsFor("migrate")).containsExactly(Map.entry("postgres", "service_healthy"));
    for (String instance : INSTANCES) {
      assertThat(waitsFor(instance))
          .containsOnly(
              Map.entry("migrate", "service_completed_successfully"),
              Map.entry("redis", "service_healthy"),
              Map.entry("consul", "service_healthy"));
    }
    assertThat(waitsFor("gateway")).containsOnlyKeys(INSTANCES).containsValue("service_healthy");
  }

  /// The loop of an upgrade must end at an instance that cannot serve, or at a gateway without
  /// instances.
  @Test
  void aReadyContainerIsHealthy() {
    for (String name : List.of("gatehouse-1", "gatehouse-2", "gatehouse-3", "gateway")) {
      assertThat(texts(compose.service(name).at("/healthcheck/test")))
          .containsExactly("CMD", "/opt/gatehouse/bin/healthcheck", "/ready");
    }
  }

  @Test
  void secretsAreHandedOverByFile() {
    assertThat(texts(compose.service("gatehouse-1").path("secrets")))
        .containsExactlyInAnyOrder("database-password", "secret-key");
    assertThat(texts(compose.service("gateway").path("secrets"))).isEmpty();
    for (String name : compose.ours()) {
      assertThat(compose.environment(name).keySet())
          .noneMatch(key -> key.endsWith("PASSWORD") || key.endsWith("SECRET_KEY"));
    }
  }

  @Test
  void theProgramAcceptsItsConfigurationAndIsGivenTheTimeToDrain(@TempDir Path secrets)
      throws Exception {
    Files.writeString(secrets.resolve("database-password"), "secret");
    Files.writeString(
        secrets.resolve("secret-key"), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    for (String name : compose.ours()) {
      Map<String, String> environment = compose.environment(name);
      environment.replaceAll((_, value) -> value.replace("/run/secrets", secrets.toString()));
      var read = new ConfigurationReader(Settings.CATALOG, environment, Map.of()).read();
      Duration grace = read.get(HttpConfiguration.SHUTDOWN_GRACE);

      assertThat(compose.service(name).path("stop_grace_period").asString())
          .isEqualTo((grace.toSeconds() + 10) + "s");
    }
  }

  @Test
  void prometheusKnowsEveryInstanceAndTheGateway() throws Exception {
    var targets = new TreeSet<String>();
    var mapper = new YAMLMapper();
    try (var files = Files.list(Path.of("compose", "targets"))) {
      for (Path file : files.toList()) {
        mapper.readTree(Files.readString(file)).findValues("targets").stream()
            .flatMap(found -> texts(found).stream())
            .forEach(targets::add);
      }
    }

    assertThat(targets)
        .containsOnly("gateway:9090", "gatehouse-1:9090", "gatehouse-2:9090", "gatehouse-3:9090");
    assertThat(texts(compose.service("prometheus").path("volumes")))
        .contains("./deploy/compose/targets:/etc/prometheus/targets:ro");
  }

  private Map<String, String> waitsFor(String name) {
    Map<String, String> conditions = new TreeMap<>();
    compose
        .service(name)
        .path("depends_on")
        .forEachEntry((other, how) -> conditions.put(other, how.path("condition").asString()));
    return conditions;
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }
}
