package dev.gatehouse.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.settings.HttpConfiguration;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules for the pods of every overlay.
class PodsTest {
  private static final Duration GATE_WAITS = Duration.ofMinutes(16);

  @BeforeEach
  void needKubectl() {
    Kustomize.require();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void noContainerMayDoMoreThanItMust(String folder) throws Exception {
    List<Manifest> objects = Kustomize.render(folder);

    for (V1PodSpec pod : List.of(Pods.serve(objects), Pods.migration(objects))) {
      assertThat(pod.getAutomountServiceAccountToken()).isFalse();
      assertThat(pod.getEnableServiceLinks()).isFalse();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      Pods.containers(pod)
          .forEach(
              container -> {
                var rights = container.getSecurityContext();
                assertThat(rights.getRunAsNonRoot()).isTrue();
                assertThat(rights.getReadOnlyRootFilesystem()).isTrue();
                assertThat(rights.getAllowPrivilegeEscalation()).isFalse();
                assertThat(rights.getCapabilities().getDrop()).containsExactly("ALL");
                assertThat(container.getResources().getLimits()).containsKeys("cpu", "memory");
                assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void anInstanceGetsTheResourcesItWasMeasuredWith(String folder) throws Exception {
    V1Container instance = Pods.serve(Kustomize.render(folder)).getContainers().getFirst();

    assertThat(instance.getResources().getRequests())
        .isEqualTo(Map.of("cpu", new Quantity("500m"), "memory", new Quantity("512Mi")));
    assertThat(instance.getResources().getLimits())
        .isEqualTo(Map.of("cpu", new Quantity("1"), "memory", new Quantity("1Gi")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void anInstanceIsProbedWhereItSaysHowItIs(String folder) throws Exception {
    V1Container instance = Pods.serve(Kustomize.render(folder)).getContainers().getFirst();

    assertThat(path(instance.getLivenessProbe())).isEqualTo("/health");
    assertThat(path(instance.getStartupProbe())).isEqualTo("/health");
    // Without the shared database, `/ready` would remove every pod from the Service at once.
    assertThat(path(instance.getReadinessProbe())).isEqualTo("/ready?scope=instance");
    assertThat(instance.getPorts())
        .anySatisfy(port -> assertThat(port.getContainerPort()).isEqualTo(8080))
        .anySatisfy(port -> assertThat(port.getName()).isEqualTo("management"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void aPodThatGoesIsGivenTheTimeToDrain(String folder, @TempDir Path secrets) throws Exception {
    List<Manifest> objects = Kustomize.render(folder);
    V1PodSpec pod = Pods.serve(objects);
    long drain = pod.getContainers().getFirst().getLifecycle().getPreStop().getSleep().getSeconds();
    Duration grace =
        Pods.configuration(pod, objects, secrets).get(HttpConfiguration.SHUTDOWN_GRACE);

    assertThat(drain).isPositive();
    assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(drain + grace.toSeconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void aHeapDumpHasRoom(String folder) throws Exception {
    V1PodSpec pod = Pods.serve(Kustomize.render(folder));
    Quantity memory =
        requireNonNull(pod.getContainers().getFirst().getResources().getLimits().get("memory"));

    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getName().equals("tmp"))
        .singleElement()
        .satisfies(
            volume ->
                assertThat(volume.getEmptyDir().getSizeLimit().getNumber())
                    .isGreaterThanOrEqualTo(memory.getNumber()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void noNewPodServesBeforeTheSchemaIsReady(String folder) throws Exception {
    List<Manifest> objects = Kustomize.render(folder);

    assertThat(Pods.serve(objects).getInitContainers())
        .singleElement()
        .extracting(V1Container::getArgs)
        .isEqualTo(List.of("migrate", "--check", "--wait", GATE_WAITS.toMinutes() + "m"));
    assertThat(Pods.migration(objects).getContainers())
        .singleElement()
        .extracting(V1Container::getArgs)
        .isEqualTo(List.of("migrate"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void theGateWaitsForAsLongAsAMigrationMayTakeAndTheRolloutForTheGate(String folder)
      throws Exception {
    List<Manifest> objects = Kustomize.render(folder);

    assertThat(GATE_WAITS.toSeconds())
        .isGreaterThan(
            Pods.object("Job", objects, V1Job.class).getSpec().getActiveDeadlineSeconds())
        .isLessThan(Pods.deployment(objects).getProgressDeadlineSeconds());
  }

  /// A Job is immutable, so the names to which it refers must not depend on the content.
  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void aChangeOfConfigurationLeavesTheJobAlone(String folder) throws Exception {
    List<Manifest> objects = Kustomize.render(folder);
    String hashed = Pods.environmentOf(Pods.serve(objects));
    String fixed = Pods.environmentOf(Pods.migration(objects));

    assertThat(hashed).matches("gatehouse-[a-z0-9]{10}");
    assertThat(fixed).isEqualTo("gatehouse-migration");
    assertThat(Pods.configMap(hashed, objects))
        .containsAllEntriesOf(Pods.configMap(fixed, objects));
  }

  private static String path(V1Probe probe) {
    assertThat(probe.getHttpGet().getPort()).isEqualTo(new IntOrString("management"));
    return probe.getHttpGet().getPath();
  }
}
