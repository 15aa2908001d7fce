package dev.gatehouse.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Renders manifests like `kubectl apply -k`.
final class Kustomize {
  private static final Path FOLDER = Path.of("kubernetes").toAbsolutePath();
  private static final int PATIENCE_SECONDS = 60;

  /// Once for all tests.
  private static final Map<String, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

  private Kustomize() {}

  /// Skips the test without `kubectl`; on a build server it fails.
  static void require() {
    assumeTrue(
        kubectl().isPresent() || "true".equals(System.getenv("CI")),
        "kubectl is missing; it renders the manifests, and scripts/fetch-kubectl.sh fetches it");
  }

  /// `kubectl` on the path, or from the script.
  private static Optional<Path> kubectl() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Arrays.stream(path.split(":", -1)), Stream.of("../.cache/kubectl"))
        .map(folder -> Path.of(folder, "kubectl").toAbsolutePath())
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// The objects of one folder under `deploy/kubernetes`.
  static List<Manifest> render(String folder) throws IOException, InterruptedException {
    List<Manifest> known = RENDERED.get(folder);
    if (known == null) {
      known = run(folder);
      RENDERED.put(folder, known);
    }
    return known;
  }

  /// Renders the production overlay with some of the components.
  static List<Manifest> renderProductionWith(Path folder, String... components)
      throws IOException, InterruptedException {
    // Paths are relative to the real folder; on some systems it is reached by a link.
    Path root = folder.toRealPath().relativize(FOLDER.toRealPath());
    var overlay =
        new StringBuilder("namespace: gatehouse\nresources: [")
            .append(root.resolve("overlays/production"));
    overlay.append("]\ncomponents:\n");
    for (String component : components) {
      overlay.append("  - ").append(root.resolve("components").resolve(component)).append('\n');
    }
    Files.writeString(folder.resolve("kustomization.yaml"), overlay);
    return run(folder.toString());
  }

  private static List<Manifest> run(String folder) throws IOException, InterruptedException {
    String kubectl =
        kubectl().orElseThrow(() -> new AssertionError("kubectl is missing")).toString();
    Path errors = Files.createTempFile("kustomize", ".err");
    try {
      Process rendering =
          new ProcessBuilder(kubectl, "kustomize", FOLDER.resolve(folder).toString())
              .redirectError(errors.toFile())
              .start();
      String output = new String(rendering.getInputStream().readAllBytes(), UTF_8);
      if (!rendering.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || rendering.exitValue() != 0) {
        rendering.destroyForcibly();
        throw new AssertionError("kubectl kustomize " + folder + ": " + Files.readString(errors));
      }
      return objects(output).map(Manifest::new).toList();
    } finally {
      Files.delete(errors);
    }
  }

  private static Stream<JsonNode> objects(String yaml) {
    var mapper = new YAMLMapper();
    return Arrays.stream(yaml.split("(?m)^---$", -1))
        .filter(document -> !document.isBlank())
        .map(mapper::readTree);
  }
}
