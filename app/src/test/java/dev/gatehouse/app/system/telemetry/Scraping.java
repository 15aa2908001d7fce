package dev.gatehouse.app.system.telemetry;

import dev.gatehouse.app.system.cluster.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// The repository's configuration of Prometheus with its rules. Only the addresses and the pace are
/// the test's: each second.
final class Scraping {
  static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();

  private Scraping() {}

  /// A file in the folder.
  static Path of(Observed observed, Path folder) throws IOException {
    String targets =
        observed.nodes().stream()
            .map(Node::managementPort)
            .map("\"127.0.0.1:%d\""::formatted)
            .collect(Collectors.joining(", "));
    Path rules = DEPLOY.resolve("prometheus/gatehouse.rules.yml");
    String configuration =
        Files.readString(DEPLOY.resolve("prometheus/prometheus.yml"))
            .replace("\"127.0.0.1:9090\"", targets)
            .replace("gatehouse.rules.yml", rules.toString())
            .replace("15s", "1s");
    return Files.writeString(folder.resolve("prometheus.yml"), configuration);
  }
}
