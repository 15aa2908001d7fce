package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.settings.DatabaseConfiguration;
import dev.gatehouse.postgres.database.ConnectionBudget;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscalerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The number of pods, their distribution, and their database connections.
class ScaleTest {
  /// As in `docs/scaling.md`: pods that still drain, and connections for other uses.
  private static final int LEAVING = 2;

  private static final int RESERVED_AND_OTHERS = 3 + 10;

  @BeforeEach
  void needKubectl() {
    Kustomize.require();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/production"})
  void threeInstancesAreSpreadAndKeptAndScaled(String folder) throws Exception {
    List<Manifest> objects = Kustomize.render(folder);
    var deployment = Pods.deployment(objects);
    var budget = Pods.object("PodDisruptionBudget", objects, V1PodDisruptionBudget.class).getSpec();
    var scaler = scaler(objects);

    assertThat(deployment.getStrategy().getRollingUpdate().getMaxUnavailable())
        .isEqualTo(new IntOrString(0));
    assertThat(deployment.getTemplate().getSpec().getTopologySpreadConstraints()).isNotEmpty();
    assertThat(budget.getMaxUnavailable()).isEqualTo(new IntOrString(1));
    assertThat(budget.getSelector()).isEqualTo(deployment.getSelector());
    assertThat(scaler.getMinReplicas()).isEqualTo(3);
    assertThat(scaler.getMaxReplicas()).isGreaterThan(3);
    assertThat(scaler.getScaleTargetRef().getName()).isEqualTo("gatehouse");
  }

  @ParameterizedTest
  @CsvSource({"base, 3", "overlays/small, 1", "overlays/production, "})
  void whatIsAppliedLeavesTheNumberToTheAutoscalerWhereThereIsOne(
      String folder, @Nullable Integer replicas) throws Exception {
    assertThat(Pods.deployment(Kustomize.render(folder)).getReplicas()).isEqualTo(replicas);
  }

  /// The nodes of a failed zone stay listed for a while; they must not keep pods out of the
  /// remaining zones.
  @Test
  void aDeadZoneKeepsNoPodFromTheOthers() throws Exception {
    assertThat(Pods.serve(Kustomize.render("overlays/production")).getTopologySpreadConstraints())
        .filteredOn(spread -> spread.getWhenUnsatisfiable().equals("DoNotSchedule"))
        .isNotEmpty()
        .allSatisfy(spread -> assertThat(spread.getNodeTaintsPolicy()).isEqualTo("Honor"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void postgresHasTheConnectionsThatArePromised(String folder, @TempDir Path secrets)
      throws Exception {
    List<Manifest> objects = Kustomize.render(folder);
    Configuration configuration = Pods.configuration(Pods.serve(objects), objects, secrets);
    int each = ConnectionBudget.each(configuration.get(DatabaseConfiguration.MAX_OPEN));
    int most = most(objects);
    Row documented = documented(folder.substring(folder.indexOf('/') + 1));

    assertThat(documented.pods()).isEqualTo(most);
    assertThat(documented.each()).isEqualTo(each);
    assertThat(documented.connections()).isEqualTo((most + 1 + LEAVING) * each);
    assertThat(documented.maxConnections())
        .isGreaterThanOrEqualTo(documented.connections() + RESERVED_AND_OTHERS);
  }

  private record Row(int pods, int each, int connections, int maxConnections) {}

  private static Row documented(String overlay) throws Exception {
    Matcher row =
        Pattern.compile(
                "\\| `%s` \\| (\\d+) \\+ 1 \\+ 2 \\| (\\d+) \\| (\\d+) \\| (\\d+).* \\|"
                    .formatted(overlay))
            .matcher(Files.readString(Path.of("..", "docs", "scaling.md")));
    assertThat(row.find()).as("a row for %s", overlay).isTrue();
    return new Row(number(row, 1), number(row, 2), number(row, 3), number(row, 4));
  }

  private static int number(Matcher row, int group) {
    return Integer.parseInt(row.group(group));
  }

  private static int most(List<Manifest> objects) {
    boolean scaled = objects.stream().anyMatch(it -> it.kind().equals("HorizontalPodAutoscaler"));
    return scaled ? scaler(objects).getMaxReplicas() : Pods.deployment(objects).getReplicas();
  }

  private static V2HorizontalPodAutoscalerSpec scaler(List<Manifest> objects) {
    return Pods.object("HorizontalPodAutoscaler", objects, V2HorizontalPodAutoscaler.class)
        .getSpec();
  }
}
