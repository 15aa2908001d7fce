package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is promised of every pod, whichever overlay it comes from.
class PodsTest {
  private static final long GRACE_SECONDS = 20;

  @BeforeEach
  void needKubectl() {
    assumeTrue(Kustomize.isHere(), "kubectl is missing; it renders the manifests");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void noContainerMayDoMoreThanItMust(String folder) throws Exception {
    List<Manifest> objects = Kustomize.render(folder);

    for (V1PodSpec pod : List.of(serve(objects), migration(objects))) {
      assertThat(pod.getAutomountServiceAccountToken()).isFalse();
      assertThat(pod.getEnableServiceLinks()).isFalse();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      containers(pod)
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
    V1Container instance = serve(Kustomize.render(folder)).getContainers().getFirst();

    assertThat(instance.getResources().getRequests())
        .isEqualTo(Map.of("cpu", new Quantity("500m"), "memory", new Quantity("512Mi")));
    assertThat(instance.getResources().getLimits())
        .isEqualTo(Map.of("cpu", new Quantity("1"), "memory", new Quantity("1Gi")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void anInstanceIsProbedWhereItSaysHowItIs(String folder) throws Exception {
    V1Container instance = serve(Kustomize.render(folder)).getContainers().getFirst();

    assertThat(path(instance.getLivenessProbe())).isEqualTo("/health");
    assertThat(path(instance.getStartupProbe())).isEqualTo("/health");
    assertThat(path(instance.getReadinessProbe())).isEqualTo("/ready");
    assertThat(instance.getPorts())
        .anySatisfy(port -> assertThat(port.getContainerPort()).isEqualTo(8080))
        .anySatisfy(port -> assertThat(port.getName()).isEqualTo("management"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void aPodThatGoesIsGivenTheTimeToDrain(String folder) throws Exception {
    V1PodSpec pod = serve(Kustomize.render(folder));
    long drain = pod.getContainers().getFirst().getLifecycle().getPreStop().getSleep().getSeconds();

    assertThat(drain).isPositive();
    assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(drain + GRACE_SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void noNewPodServesBeforeTheSchemaIsReady(String folder) throws Exception {
    List<Manifest> objects = Kustomize.render(folder);

    assertThat(serve(objects).getInitContainers())
        .singleElement()
        .extracting(V1Container::getArgs)
        .isEqualTo(List.of("migrate", "--check"));
    assertThat(migration(objects).getContainers())
        .singleElement()
        .extracting(V1Container::getArgs)
        .isEqualTo(List.of("migrate"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/production"})
  void threeInstancesAreSpreadAndKeptAndScaled(String folder) throws Exception {
    List<Manifest> objects = Kustomize.render(folder);
    var deployment = ManifestsTest.only("Deployment", objects).as(V1Deployment.class).getSpec();
    var budget = object("PodDisruptionBudget", objects, V1PodDisruptionBudget.class).getSpec();
    var scaler =
        object("HorizontalPodAutoscaler", objects, V2HorizontalPodAutoscaler.class).getSpec();

    assertThat(deployment.getReplicas()).isEqualTo(3);
    assertThat(deployment.getStrategy().getRollingUpdate().getMaxUnavailable())
        .isEqualTo(new IntOrString(0));
    assertThat(deployment.getTemplate().getSpec().getTopologySpreadConstraints()).isNotEmpty();
    assertThat(budget.getMaxUnavailable()).isEqualTo(new IntOrString(1));
    assertThat(budget.getSelector()).isEqualTo(deployment.getSelector());
    assertThat(scaler.getMinReplicas()).isEqualTo(3);
    assertThat(scaler.getMaxReplicas()).isGreaterThan(3);
    assertThat(scaler.getScaleTargetRef().getName()).isEqualTo("gatehouse");
  }

  @Test
  void onlyTheApiIsOpenToAll() throws Exception {
    var policy = object("NetworkPolicy", Kustomize.render("base"), V1NetworkPolicy.class).getSpec();

    assertThat(policy.getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
    assertThat(policy.getIngress())
        .filteredOn(
            rule -> {
              var labels = rule.getFrom().getFirst().getNamespaceSelector().getMatchLabels();
              return labels == null || labels.isEmpty();
            })
        .singleElement()
        .satisfies(
            rule ->
                assertThat(rule.getPorts().getFirst().getPort()).isEqualTo(new IntOrString(8080)));
  }

  private static V1PodSpec serve(List<Manifest> objects) {
    return object("Deployment", objects, V1Deployment.class).getSpec().getTemplate().getSpec();
  }

  private static V1PodSpec migration(List<Manifest> objects) {
    return object("Job", objects, V1Job.class).getSpec().getTemplate().getSpec();
  }

  private static <T> T object(String kind, List<Manifest> objects, Class<T> type) {
    return ManifestsTest.only(kind, objects).as(type);
  }

  private static Stream<V1Container> containers(V1PodSpec pod) {
    var initial = pod.getInitContainers();
    return Stream.concat(
        pod.getContainers().stream(), initial == null ? Stream.of() : initial.stream());
  }

  private static String path(V1Probe probe) {
    assertThat(probe.getHttpGet().getPort()).isEqualTo(new IntOrString("management"));
    return probe.getHttpGet().getPath();
  }
}
