package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.settings.RateLimitConfiguration;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyIngressRule;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPeer;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPort;
import io.kubernetes.client.openapi.models.V1NetworkPolicySpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The permitted connections to and from the pods.
class NetworkPolicyTest {
  @BeforeEach
  void needKubectl() {
    Kustomize.require();
  }

  /// Controllers on the host's network and load balancers that call pods by address belong to no
  /// namespace.
  @Test
  void theApiIsOpenToAllWhereverTheyRun() throws Exception {
    assertThat(from(8080, policy(Kustomize.render("base")))).isNullOrEmpty();
  }

  @Test
  void theManagementPortIsOpenToMonitoringAlone() throws Exception {
    assertThat(from(9090, policy(Kustomize.render("base"))))
        .singleElement()
        .satisfies(
            peer ->
                assertThat(peer.getNamespaceSelector().getMatchLabels())
                    .isEqualTo(Map.of("kubernetes.io/metadata.name", "monitoring")));
  }

  @Test
  void theApiCanBeKeptToTheIngressController(@TempDir Path folder) throws Exception {
    List<Manifest> objects = Kustomize.renderProductionWith(folder, "only-through-ingress");

    assertThat(from(8080, policy(objects)))
        .singleElement()
        .satisfies(
            peer ->
                assertThat(peer.getNamespaceSelector().getMatchLabels())
                    .isEqualTo(Map.of("kubernetes.io/metadata.name", "ingress-nginx")));
  }

  /// DNS also from a cache on the node, or on OpenShift's port; PostgreSQL also by PgBouncer, Redis
  /// also by Sentinel.
  @Test
  void theProgramReachesWhatItIsToldToUse() throws Exception {
    assertThat(policy(Kustomize.render("base")).getEgress())
        .allSatisfy(rule -> assertThat(rule.getTo()).isNullOrEmpty())
        .flatExtracting(rule -> rule.getPorts().stream().map(NetworkPolicyTest::text).toList())
        .contains("53/UDP", "53/TCP", "5353/UDP", "5353/TCP")
        .contains("5432/TCP", "6432/TCP", "6379/TCP", "26379/TCP", "4318/TCP");
  }

  /// Callers from such an address can claim any client address.
  @Test
  void noWholeNetworkIsBelievedForBeingTheProxy(@TempDir Path secrets) throws Exception {
    List<Manifest> objects = Kustomize.render("overlays/production");
    var configuration = Pods.configuration(Pods.serve(objects), objects, secrets);

    assertThat(configuration.find(RateLimitConfiguration.TRUSTED_PROXIES).orElse(List.of()))
        .extracting(range -> Integer.parseInt(range.toString().replaceAll(".*/", "")))
        .allSatisfy(bits -> assertThat(bits).isGreaterThanOrEqualTo(24));
  }

  private static V1NetworkPolicySpec policy(List<Manifest> objects) {
    var policy = Pods.object("NetworkPolicy", objects, V1NetworkPolicy.class).getSpec();
    assertThat(policy.getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
    return policy;
  }

  private static @Nullable List<V1NetworkPolicyPeer> from(int port, V1NetworkPolicySpec policy) {
    List<V1NetworkPolicyIngressRule> rules =
        policy.getIngress().stream()
            .filter(rule -> ports(rule).anyMatch(it -> it.getPort().equals(new IntOrString(port))))
            .toList();
    assertThat(rules).as("rules for %d", port).hasSize(1);
    return rules.getFirst().getFrom();
  }

  private static Stream<V1NetworkPolicyPort> ports(V1NetworkPolicyIngressRule rule) {
    return rule.getPorts().stream();
  }

  private static String text(V1NetworkPolicyPort port) {
    return port.getPort() + "/" + port.getProtocol();
  }
}
