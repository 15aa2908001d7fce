package dev.gatehouse.app.system.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.system.cluster.Node;
import dev.gatehouse.testkit.RawHttpClient;
import dev.gatehouse.testkit.prometheus.Promtool;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whatever clients ask for, `/metrics` of a running instance and of a gateway stays as long as it
/// is, and in a form that Prometheus takes.
@ExtendWith(ObservedExtension.class)
class ClientsAddNoSeriesTest {
  private static final int REQUESTS = 10_000;
  private static final int THROUGH_THE_GATEWAY = 1_000;

  /// So many are sent before the first response is read.
  private static final int AT_ONCE = 25;

  @Test
  void tenThousandRandomPathsAddNone(Observed observed) throws Exception {
    ask(observed.instance(), 200, new Random(1));
    ask(observed.gateway(), 200, new Random(1));
    Scrape instance = Scrape.of(observed.instance());
    Scrape gateway = Scrape.of(observed.gateway());

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> toInstance = () -> ask(observed.instance(), REQUESTS, new Random(2));
      Callable<Integer> toGateway =
          () -> ask(observed.gateway(), THROUGH_THE_GATEWAY, new Random(3));
      var asked = threads.invokeAll(List.of(toInstance, toGateway));
      assertThat(asked.getFirst().get()).isEqualTo(REQUESTS);
      assertThat(asked.getLast().get()).isEqualTo(THROUGH_THE_GATEWAY);
    }

    assertThat(Scrape.of(observed.instance()).series())
        .containsExactlyInAnyOrderElementsOf(instance.series());
    assertThat(Scrape.of(observed.gateway()).series())
        .containsExactlyInAnyOrderElementsOf(gateway.series());
  }

  @Test
  void promtoolHasNothingToSayOfARunningInstanceAndGateway(Observed observed) throws Exception {
    Observed.client(observed.gateway()).signIn("nobody@example.org", "an engine of difference");
    for (Node node : observed.nodes()) {
      Promtool checked = Promtool.run(Scrape.of(node).text(), "check", "metrics");

      assertThat(checked.output()).isEmpty();
      assertThat(checked.status()).isZero();
    }
  }

  /// @return how many responses have status 404
  private static int ask(Node node, int requests, Random random) throws IOException {
    int refused = 0;
    try (var client = new RawHttpClient(node.port())) {
      for (int sent = 0; sent < requests; sent += AT_ONCE) {
        client.send(
            IntStream.range(0, AT_ONCE)
                .mapToObj(number -> request(number, random))
                .collect(Collectors.joining()));
        for (int response = 0; response < AT_ONCE; response++) {
          refused += client.read().status() == 404 ? 1 : 0;
        }
      }
    }
    return refused;
  }

  private static String request(int number, Random random) {
    String method = number % 3 == 0 ? word(random).toUpperCase(Locale.ROOT) : "GET";
    String path = number % 2 == 0 ? "/" : "/v1/" + word(random) + "/";
    return "%s %s%s?%s HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: %s\r\n\r\n"
        .formatted(method, path, word(random), word(random), word(random));
  }

  private static String word(Random random) {
    return random
        .ints(12, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
