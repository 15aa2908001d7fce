package dev.gatehouse.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/// Renders manifests as `kubectl apply -k` would.
final class Kustomize {
  private static final Path FOLDER = Path.of("kubernetes").toAbsolutePath();
  private static final int PATIENCE_SECONDS = 60;

  /// Once for all tests.
  private static final Map<String, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

  private Kustomize() {}

  /// Whether it can be done here. Debian 12 has no kubectl that is new enough, so it is not installed for
  /// the tests.
  static boolean isHere() {
    return Optional.ofNullable(System.getenv("PATH")).stream()
        .flatMap(path -> Arrays.stream(path.split(":", -1)))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
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

  private static List<Manifest> run(String folder) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("kustomize", ".err");
    try {
      Process kubectl =
          new ProcessBuilder("kubectl", "kustomize", FOLDER.resolve(folder).toString())
              .redirectError(errors.toFile())
              .start();
      String output = new String(kubectl.getInputStream().readAllBytes(), UTF_8);
      if (!kubectl.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || kubectl.exitValue() != 0) {
        kubectl.destroyForcibly();
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
