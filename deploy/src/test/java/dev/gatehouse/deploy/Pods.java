package dev.gatehouse.deploy;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.ConfigurationReader;
import dev.gatehouse.app.settings.Settings;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The pods among rendered objects, with their environment.
final class Pods {
  private Pods() {}

  static V1DeploymentSpec deployment(List<Manifest> objects) {
    return object("Deployment", objects, V1Deployment.class).getSpec();
  }

  static V1PodSpec serve(List<Manifest> objects) {
    return deployment(objects).getTemplate().getSpec();
  }

  static V1PodSpec migration(List<Manifest> objects) {
    return object("Job", objects, V1Job.class).getSpec().getTemplate().getSpec();
  }

  static <T> T object(String kind, List<Manifest> objects, Class<T> type) {
    return ManifestsTest.only(kind, objects).as(type);
  }

  static Stream<V1Container> containers(V1PodSpec pod) {
    var initial = pod.getInitContainers();
    return Stream.concat(
        pod.getContainers().stream(), initial == null ? Stream.of() : initial.stream());
  }

  /// The name of the ConfigMap with the environment of a pod.
  static String environmentOf(V1PodSpec pod) {
    return pod.getContainers().getFirst().getEnvFrom().getFirst().getConfigMapRef().getName();
  }

  static Map<String, String> configMap(String name, List<Manifest> objects) {
    return objects.stream()
        .filter(object -> object.kind().equals("ConfigMap") && object.name().equals(name))
        .findFirst()
        .orElseThrow()
        .as(V1ConfigMap.class)
        .getData();
  }

  /// Reads the environment of a pod like its program, with the mounted secrets in a folder of the
  /// test.
  static Configuration configuration(V1PodSpec pod, List<Manifest> objects, Path secrets)
      throws IOException {
    Files.writeString(secrets.resolve("database-password"), "secret");
    Files.writeString(
        secrets.resolve("secret-key"), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    Map<String, String> environment = new TreeMap<>();
    configMap(environmentOf(pod), objects)
        .forEach(
            (name, value) ->
                environment.put(name, value.replace("/run/secrets/gatehouse", secrets.toString())));
    return new ConfigurationReader(Settings.CATALOG, environment, Map.of()).read();
  }
}
