package dev.gatehouse.app.system.telemetry;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.system.cluster.Node;
import dev.gatehouse.testkit.RawHttpClient;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Everything that instance and gateway have told so far, by where it can be read.
record Told(Map<String, String> texts) {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /// Waits until all that has happened is written and sent.
  static Told by(Observed observed) throws IOException {
    String last = UUID.randomUUID().toString().replace("-", "");
    try (var client = new RawHttpClient(observed.gateway().port())) {
      String request =
          "GET /v1/users/me HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: "
              + last
              + "\r\ntraceparent: 00-"
              + last
              + "-00f067aa0ba902b7-01\r\n\r\n";
      client.send(request).read();
    }
    for (Node node : observed.nodes()) {
      await().atMost(TIMEOUT).until(() -> log(node).contains(last));
    }
    await().atMost(TIMEOUT).until(() -> observed.collector().trace(last).size() >= 3);

    var texts = new LinkedHashMap<String, String>();
    texts.put("log of the instance", log(observed.instance()));
    texts.put("log of the gateway", log(observed.gateway()));
    texts.put("spans", observed.collector().spans().toString());
    for (Node node : observed.nodes()) {
      texts.put("metrics on " + node.managementPort(), Scrape.of(node).text());
      texts.put("exemplars on " + node.managementPort(), Scrape.withExemplarsOf(node).text());
    }
    return new Told(texts);
  }

  private static String log(Node node) throws IOException {
    return String.join("\n", node.logged());
  }
}
