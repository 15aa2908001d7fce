package dev.gatehouse.app.system.telemetry;

import dev.gatehouse.app.system.cluster.Node;
import dev.gatehouse.testkit.RawHttpClient;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/// What `/metrics` of a running node says.
record Scrape(String text) {
  private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

  /// The form of old.
  static Scrape of(Node node) throws IOException {
    return accepting(node, "text/plain");
  }

  /// As Prometheus asks for it, with exemplars.
  static Scrape withExemplarsOf(Node node) throws IOException {
    return accepting(node, OPEN_METRICS);
  }

  private static Scrape accepting(Node node, String type) throws IOException {
    try (var client = new RawHttpClient(node.managementPort())) {
      String request = "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAccept: " + type + "\r\n\r\n";
      return new Scrape(client.send(request).read().text());
    }
  }

  /// Names and labels of all series that clients could have to do with: not those of the JVM, nor
  /// of probes, whose response changes with how busy the machine is.
  Set<String> series() {
    return text.lines()
        .filter(line -> !line.startsWith("#") && !line.startsWith("jvm_"))
        .filter(line -> !line.contains("path=\"/ready\""))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toSet());
  }
}
