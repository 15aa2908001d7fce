package dev.gatehouse.discovery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.net.UnderscoreNames;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Responses that a real Consul sends rarely or never, and what the watch makes of them.
class ConsulResponsesTest {
  private static final Instance A = Instance.at("a", 1);
  private static final Instance B = Instance.at("b", 1);
  private static final Instance C = Instance.at("c", 1);

  private final RecordedDiscovery recorded = new RecordedDiscovery();
  private ScriptedConsul consul;
  private ConsulDiscovery discovery;

  @BeforeEach
  void start() throws Exception {
    consul = new ScriptedConsul();
    discovery =
        ConsulDiscoveryTest.connected(ConsulSettings.at(consul.url(), Optional.empty()), recorded);
  }

  @AfterEach
  void stop() {
    discovery.close();
    consul.close();
  }

  @Test
  void asksAtOnceFirstAndThenFromTheIndexOfTheResponse() {
    consul.thenInstances("7", "a").thenInstances("9", "a", "b");
    InstanceWatch watch = discovery.watch("accounts");
    DiscoveryContract.awaitList(watch, A, B);
    awaitQueries(3);

    assertThat(consul.queries())
        .containsExactly(
            "/v1/health/service/accounts?passing=true",
            "/v1/health/service/accounts?passing=true&index=7&wait=10000ms",
            "/v1/health/service/accounts?passing=true&index=9&wait=10000ms");
  }

  @Test
  void callsAConsulWhoseNameHasAnUnderscore() {
    discovery.close();
    var named = URI.create("http://%s:%d".formatted(UnderscoreNames.NAME, consul.url().getPort()));
    discovery = ConsulDiscoveryTest.connected(ConsulSettings.at(named, Optional.empty()), recorded);
    consul.thenInstances("7", "a");

    DiscoveryContract.awaitList(discovery.watch("accounts"), A);
  }

  @Test
  void dropsAnIndexThatStepsBackAndKeepsThoseNotNamedYet() {
    consul.thenInstances("100", "a", "b").thenInstances("3", "c").thenInstances("4", "c");
    InstanceWatch watch = discovery.watch("accounts");
    DiscoveryContract.awaitList(watch, A, B, C);
    awaitQueries(4);

    assertThat(consul.queries().get(2)).doesNotContain("index");
    assertThat(consul.queries().get(3)).contains("index=4");
    assertThat(recorded.serving).isEqualTo("1 confirmed, 2 remembered");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "", "-5", "many", "99999999999999999999"})
  void neverAsksFromAnIndexThatWouldNotWait(String index) {
    consul.thenInstances(index, "a");
    discovery.watch("accounts");
    awaitQueries(2);

    assertThat(consul.queries().get(1)).contains("index=1&");
  }

  @Test
  void keepsItsPaceWhenResponsesComeAtOnce() {
    for (int i = 1; i <= 100; i++) {
      consul.thenInstances(String.valueOf(i), "a");
    }
    long began = System.nanoTime();
    discovery.watch("accounts");
    awaitQueries(6);

    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isGreaterThanOrEqualTo(Duration.ofMillis(500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[", "\"a\"", "<html>", "[1] [", "\u0000"})
  void servesOnWhenAResponseIsNone(String body) {
    consul.thenInstances("7", "a").then(200, "8", body).thenInstances("9", "a", "b");

    InstanceWatch watch = discovery.watch("accounts");

    DiscoveryContract.awaitList(watch, A, B);
    awaitLostAndFollowedAgain();
    assertThat(consul.queries().get(2)).doesNotContain("index");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 429, 500, 503})
  void servesOnWhenConsulRespondsWithAnError(int status) {
    consul.thenInstances("7", "a").then(status, "8", "no").thenInstances("9", "a", "b");

    InstanceWatch watch = discovery.watch("accounts");

    DiscoveryContract.awaitList(watch, A, B);
    awaitLostAndFollowedAgain();
  }

  @Test
  void servesOnWhenThereIsNobody() {
    consul.thenInstances("7", "a", "b").thenInstances("8").thenInstances("9", "c");

    InstanceWatch watch = discovery.watch("accounts");

    DiscoveryContract.awaitList(watch, A, B, C);
    awaitLostAndFollowedAgain();
  }

  @Test
  void leavesOutWhatCannotBeAnInstance() {
    String senseless =
        """
        [
          {"Service": {"ID": "x", "Address": "x", "Port": 0}},
          {"Service": {"ID": "", "Address": "x", "Port": 1}},
          {"Service": {"ID": "x", "Port": 1}},
          {"Service": {"ID": "x", "Address": "gatehouse~1", "Port": 1}},
          {"Service": {"ID": "x", "Address": "x", "Port": 1, "Tags": ["weight=many"]}},
          {"Service": 5}, null, 7, [],
        """;
    consul.then(200, "7", senseless + ScriptedConsul.instances("a").substring(1));

    try (RecordedLog log = RecordedLog.of(ConsulCatalog.class)) {
      DiscoveryContract.awaitList(discovery.watch("accounts"), A);

      assertThat(log.lines())
          .contains(
              "Consul names an instance that cannot be one: no host of letters, digits, hyphens, underscores and"
                  + " dots: gatehouse~1");
    }
  }

  @Test
  void takesZoneAndWeightFromTagsAndTheAddressOfTheNodeWhereThereIsNoOther() {
    consul.then(
        200,
        "7",
        """
        [{"Node": {"Address": "10.0.0.7"},
          "Service": {"ID": "foreign", "Address": "", "Port": 80, "Meta": null,
                      "Tags": ["v2", "zone=north", "weight=5"], "Weights": {"Passing": 3}}},
         {"Node": {"Address": "10.0.0.8"},
          "Service": {"ID": "heavy", "Address": "", "Port": 80, "Tags": null,
                      "Weights": {"Passing": 60000}}}]
        """);

    DiscoveryContract.awaitList(
        discovery.watch("accounts"),
        new Instance("foreign", "10.0.0.7", 80, Optional.of("north"), 5, ""),
        new Instance("heavy", "10.0.0.8", 80, Optional.empty(), 100, ""));
  }

  /// A real Consul does not tell what it was asked to check.
  @Test
  void hasConsulAskEveryTenSecondsForASecondAndDropTheLongDead() {
    consul.then(200, "", "").then(200, "", "");
    discovery.register(
        new ServiceRegistration("accounts", A, URI.create("http://a:9090/ready"), () -> true));
    awaitQueries(2);

    assertThat(consul.queries().get(1)).startsWith("/v1/agent/service/register?");
    assertThat(JsonMapper.builder().build().readTree(consul.bodies().get(1)).path("Check"))
        .isEqualTo(
            JsonMapper.builder()
                .build()
                .readTree(
                    """
                    {"HTTP": "http://a:9090/ready", "Method": "GET", "Interval": "10000ms",
                     "Timeout": "1000ms", "DeregisterCriticalServiceAfter": "60s",
                     "Status": "passing"}
                    """));
  }

  @Test
  void escapesTheNameOfAService() {
    consul.thenInstances("7", "a");
    discovery.watch("a b/../c?d");
    awaitQueries(1);

    assertThat(consul.queries().getFirst())
        .isEqualTo("/v1/health/service/a%20b%2F..%2Fc%3Fd?passing=true");
  }

  private void awaitLostAndFollowedAgain() {
    await().atMost(30, SECONDS).until(() -> recorded.following.equals(List.of(false, true)));
  }

  private void awaitQueries(int atLeast) {
    await().atMost(30, SECONDS).until(() -> consul.queries().size() >= atLeast);
  }
}
