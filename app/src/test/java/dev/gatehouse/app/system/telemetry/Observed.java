package dev.gatehouse.app.system.telemetry;

import dev.gatehouse.app.system.ApiClient;
import dev.gatehouse.app.system.TestPostgres;
import dev.gatehouse.app.system.TestSettings;
import dev.gatehouse.app.system.cluster.Node;
import dev.gatehouse.postgres.embedded.EmbeddedServer;
import dev.gatehouse.testkit.net.FaultProxy;
import dev.gatehouse.testkit.otlp.OtlpReceiver;
import dev.gatehouse.testkit.redis.RedisFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// An instance and a gateway in front of it as their own processes, with a real PostgreSQL, a real
/// Redis and a collector of the test's that keeps every span. Hashes cost little.
final class Observed implements AutoCloseable {
  private EmbeddedServer database;
  private final FaultProxy databaseNetwork;
  private final RedisFixture redis = RedisFixture.embedded();
  private final OtlpReceiver collector = OtlpReceiver.start();
  private final Path folder;
  private final Node instance;
  private final Node gateway;

  private Observed(Map<String, String> known) throws IOException, InterruptedException {
    folder = Files.createTempDirectory("observed");
    database = database();
    databaseNetwork = FaultProxy.to(databasePort(), 1);
    instance = begin("instance", known);
    Map<String, String> edge = new HashMap<>(told());
    edge.putAll(
        known.isEmpty() ? Map.of("GATEHOUSE_GATEWAY_UPSTREAMS", instance.address()) : known);
    gateway = Node.gateway(Node.Manner.BRIEF, edge, folder.resolve("gateway.log"));
    instance.awaitReady();
    gateway.awaitReady();
  }

  /// The gateway has the instance's address by its settings.
  static Observed start() throws IOException, InterruptedException {
    return new Observed(Map.of());
  }

  /// The gateway finds the instance through Consul.
  static Observed knownTo(URI consul) throws IOException, InterruptedException {
    return new Observed(Map.of("GATEHOUSE_CONSUL_URL", consul.toString()));
  }

  void stopDatabase() {
    database.close();
  }

  /// Starts it again, where it was.
  void startDatabase() {
    database = database();
  }

  private EmbeddedServer database() {
    return TestPostgres.start(folder.resolve("postgres"), 60, false);
  }

  /// Begins to start another instance on the same database.
  ///
  /// @param more settings that go before the usual ones
  Node begin(String name, Map<String, String> more) throws IOException {
    Map<String, String> settings =
        TestSettings.alikeOn(url(), database.user(), database.password());
    settings.putAll(told());
    settings.put("GATEHOUSE_REDIS_URL", redis.url().toString());
    settings.put("GATEHOUSE_TRUSTED_PROXIES", "127.0.0.1");
    settings.put("GATEHOUSE_RATE_LIMIT_LOGIN_IP", "10000/1s");
    settings.put("GATEHOUSE_RATE_LIMIT_REGISTER_IP", "10000/1s");
    // So few that each sign-in asks Redis.
    settings.put("GATEHOUSE_RATE_LIMIT_LOGIN_ACCOUNT", "15/1m");
    settings.putAll(more);
    return Node.instance(Node.Manner.BRIEF, settings, folder.resolve(name + ".log"));
  }

  private Map<String, String> told() {
    return Map.of(
        "GATEHOUSE_LOG_FORMAT", "json",
        "GATEHOUSE_LOG_LEVEL", "debug",
        "GATEHOUSE_RATE_LIMIT_IP", "1000000/1s",
        "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint().toString(),
        "OTEL_BSP_SCHEDULE_DELAY", "100",
        "OTEL_BSP_MAX_QUEUE_SIZE", "65536");
  }

  private String url() {
    return database.url().replace(":" + databasePort(), ":" + databaseNetwork.port());
  }

  private int databasePort() {
    return URI.create(database.url().substring("jdbc:".length())).getPort();
  }

  OtlpReceiver collector() {
    return collector;
  }

  FaultProxy databaseNetwork() {
    return databaseNetwork;
  }

  Node instance() {
    return instance;
  }

  Node gateway() {
    return gateway;
  }

  List<Node> nodes() {
    return List.of(instance, gateway);
  }

  /// A client of what listens on the first port of a node.
  static ApiClient client(Node node) {
    return new ApiClient(URI.create("http://" + node.address()));
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    instance.close();
    databaseNetwork.close();
    database.close();
    redis.close();
    collector.close();
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
