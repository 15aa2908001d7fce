package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.settings.DatabaseConfiguration;
import dev.gatehouse.app.settings.TokenConfiguration;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ManifestsTest {
  @BeforeEach
  void needKubectl() {
    Kustomize.require();
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
    List<Manifest> objects = Kustomize.render(folder);

    for (V1PodSpec pod : List.of(Pods.serve(objects), Pods.migration(objects))) {
      Configuration configuration = Pods.configuration(pod, objects, secrets);
      assertThat(configuration.find(TokenConfiguration.SECRET_KEY)).isPresent();
      assertThat(configuration.find(DatabaseConfiguration.URL)).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void noSecretStandsInAManifest(String folder) throws Exception {
    assertThat(Kustomize.render(folder)).extracting(Manifest::kind).doesNotContain("Secret");
  }

  @Test
  void theServiceMonitorFindsThePortItAsksFor(@TempDir Path folder) throws Exception {
    List<Manifest> objects = Kustomize.renderProductionWith(folder, "service-monitor");
    Manifest monitor = only("ServiceMonitor", objects);
    Manifest service = only("Service", objects);

    assertThat(monitor.tree().at("/metadata/namespace"))
        .isEqualTo(service.tree().at("/metadata/namespace"));
    String port = monitor.tree().at("/spec/endpoints/0/port").asString();
    assertThat(service.tree().at("/spec/ports").findValuesAsString("name")).contains(port);
    monitor
        .tree()
        .at("/spec/selector/matchLabels")
        .forEachEntry(
            (label, value) ->
                assertThat(service.tree().at("/metadata/labels").get(label)).isEqualTo(value));
  }

  static Manifest only(String kind, List<Manifest> objects) {
    var found = objects.stream().filter(object -> object.kind().equals(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.getFirst();
  }
}
