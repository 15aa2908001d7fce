package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands in `docs/operations.md` create what the manifests need.
class InstallationTest {
  private static final Pattern MOUNTED = Pattern.compile("/run/secrets/gatehouse/([a-z-]+)");
  private static final Pattern MADE = Pattern.compile("--from-(?:literal|file)=([a-z-]+)=");

  @BeforeEach
  void needKubectl() {
    Kustomize.require();
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/small", "overlays/production"})
  void everyKeyOfTheSecretIsMade(String folder) throws Exception {
    List<Manifest> objects = Kustomize.render(folder);
    V1PodSpec pod = Pods.serve(objects);

    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .extracting(volume -> volume.getSecret().getSecretName())
        .containsExactly("gatehouse");
    assertThat(found(MADE, command("create secret generic gatehouse ")))
        .containsAll(found(MOUNTED, Pods.configMap(Pods.environmentOf(pod), objects).toString()));
  }

  @Test
  void theCertificateOfTheIngressIsMade() throws Exception {
    var ingress =
        Pods.object("Ingress", Kustomize.render("overlays/production"), V1Ingress.class).getSpec();

    assertThat(command("create secret tls "))
        .contains("create secret tls " + ingress.getTls().getFirst().getSecretName() + " ");
  }

  /// All containers run the same image, whose name and tag the overlay sets.
  @ParameterizedTest
  @ValueSource(strings = {"overlays/small", "overlays/production"})
  void theOverlayNamesTheImage(String folder) throws Exception {
    List<Manifest> objects = Kustomize.render(folder);
    Set<String> images = new TreeSet<>();
    for (V1PodSpec pod : List.of(Pods.serve(objects), Pods.migration(objects))) {
      Pods.containers(pod).map(V1Container::getImage).forEach(images::add);
    }

    assertThat(images)
        .singleElement()
        .asString()
        .matches("registry\\.example\\.com/gatehouse:\\d.*");
    assertThat(command("docker push")).contains("$image");
    assertThat(operations()).contains("image=registry.example.com/gatehouse:");
  }

  private static Set<String> found(Pattern pattern, String text) {
    var found = new TreeSet<String>();
    pattern.matcher(text).results().map((MatchResult it) -> it.group(1)).forEach(found::add);
    return found;
  }

  /// The whole command that contains these words.
  private static String command(String words) throws IOException {
    String text = operations();
    int begin = text.indexOf(words);
    assertThat(begin).as(words).isNotNegative();
    String rest = text.substring(begin).replace("\\\n", " ");
    return rest.substring(0, rest.indexOf('\n'));
  }

  private static String operations() throws IOException {
    return Files.readString(Path.of("..", "docs", "operations.md"));
  }
}
