package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.ConfigurationReader;
import dev.gatehouse.app.settings.DatabaseConfiguration;
import dev.gatehouse.app.settings.Settings;
import dev.gatehouse.app.settings.TokenConfiguration;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ManifestsTest {
  @BeforeEach
  void needKubectl() {
    assumeTrue(Kustomize.isHere(), "kubectl is missing; it renders the manifests");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void everyObjectIsOneTheApiKnows(String folder) throws Exception {
    List<Manifest> objects = Kustomize.render(folder);

    assertThat(objects).extracting(Manifest::kind).contains("Deployment", "Service", "Job");
    for (Manifest object : objects) {
      object.validate();
      assertThat((Object) object.as(object.model())).as("%s", object).isNotNull();
    }
  }

  @Test
  void anUnknownFieldAndAWrongTypeAreFound() throws Exception {
    Manifest service = only("Service", Kustomize.render("base"));
    var misspelt = (ObjectNode) service.tree().deepCopy();
    ((ObjectNode) misspelt.get("spec")).put("selectors", "none");
    var mistyped = (ObjectNode) service.tree().deepCopy();
    ((ObjectNode) mistyped.at("/spec/ports/0")).put("port", "eighty");

    assertThatThrownBy(() -> new Manifest(misspelt).validate())
        .rootCause()
        .hasMessageContaining("selectors");
    assertThatThrownBy(() -> new Manifest(mistyped).as(service.model()))
        .rootCause()
        .hasMessageContaining("eighty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void theProgramAcceptsItsConfiguration(String folder, @TempDir Path secrets) throws Exception {
    Configuration configuration = configuration(folder, secrets);

    assertThat(configuration.find(TokenConfiguration.SECRET_KEY)).isPresent();
    assertThat(configuration.find(DatabaseConfiguration.URL)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void noSecretStandsInAManifest(String folder) throws Exception {
    assertThat(Kustomize.render(folder)).extracting(Manifest::kind).doesNotContain("Secret");
  }

  @Test
  void theServiceMonitorFindsThePortItAsksFor() throws Exception {
    Manifest monitor = only("ServiceMonitor", Kustomize.render("components/service-monitor"));
    Manifest service = only("Service", Kustomize.render("base"));

    String port = monitor.tree().at("/spec/endpoints/0/port").asString();
    assertThat(service.tree().at("/spec/ports").findValuesAsString("name")).contains(port);
    monitor
        .tree()
        .at("/spec/selector/matchLabels")
        .forEachEntry(
            (label, value) ->
                assertThat(service.tree().at("/metadata/labels").get(label)).isEqualTo(value));
  }

  /// Reads it as the program in the pod would, the mounted secrets in a folder of the test's.
  private static Configuration configuration(String folder, Path secrets)
      throws IOException, InterruptedException {
    Files.writeString(secrets.resolve("database-password"), "secret");
    Files.writeString(
        secrets.resolve("secret-key"), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    Map<String, String> environment = new TreeMap<>();
    only("ConfigMap", Kustomize.render(folder))
        .as(V1ConfigMap.class)
        .getData()
        .forEach(
            (name, value) ->
                environment.put(name, value.replace("/run/secrets/gatehouse", secrets.toString())));
    return new ConfigurationReader(Settings.CATALOG, environment, Map.of()).read();
  }

  static Manifest only(String kind, List<Manifest> objects) {
    var found = objects.stream().filter(object -> object.kind().equals(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.getFirst();
  }
}
