package dev.gatehouse.app.system.cluster;

import dev.gatehouse.app.system.TestPostgres;
import dev.gatehouse.app.system.TestSettings;
import dev.gatehouse.postgres.embedded.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Three instances and a gateway on one real PostgreSQL, with hashes that cost little.
final class Cluster implements AutoCloseable {
  private static final int INSTANCES = 3;

  private final EmbeddedServer database;
  private final List<Node> instances;
  private final Node gateway;

  private Cluster(EmbeddedServer database, List<Node> instances, Node gateway) {
    this.database = database;
    this.instances = instances;
    this.gateway = gateway;
  }

  /// Known to each other through Consul.
  static Cluster knownTo(URI consul, Path folder) throws IOException, InterruptedException {
    return knownTo(consul, Map.of(), folder);
  }

  /// The same with settings of the test's own, for instances and gateway alike.
  static Cluster knownTo(URI consul, Map<String, String> more, Path folder)
      throws IOException, InterruptedException {
    return start(
        Node.Manner.BRIEF,
        Node.Manner.BRIEF,
        "debug",
        more,
        folder,
        Optional.of(consul),
        _ -> Map.of("GATEHOUSE_CONSUL_URL", consul.toString()));
  }

  /// By a fixed list.
  static Cluster listed(Path folder) throws IOException, InterruptedException {
    return listed(folder, Cluster::addresses);
  }

  /// By a fixed list of the test's own.
  ///
  /// @param upstreams makes the gateway's setting of the instances
  static Cluster listed(Path folder, Function<List<Node>, String> upstreams)
      throws IOException, InterruptedException {
    return start(
        Node.Manner.BRIEF,
        Node.Manner.BRIEF,
        "debug",
        Map.of(),
        folder,
        Optional.empty(),
        nodes -> Map.of("GATEHOUSE_GATEWAY_UPSTREAMS", upstreams.apply(nodes)));
  }

  /// By a fixed list, the gateway on one core and everything else on another.
  static Cluster measured(int gatewayCore, int otherCore, Path folder)
      throws IOException, InterruptedException {
    return start(
        Node.Manner.measuredOn(otherCore),
        Node.Manner.measuredOn(gatewayCore),
        "warn",
        Map.of(),
        folder,
        Optional.empty(),
        nodes -> Map.of("GATEHOUSE_GATEWAY_UPSTREAMS", addresses(nodes)));
  }

  private static String addresses(List<Node> nodes) {
    return nodes.stream().map(Node::address).collect(Collectors.joining(","));
  }

  private static Cluster start(
      Node.Manner instanceManner,
      Node.Manner gatewayManner,
      String gatewayLog,
      Map<String, String> more,
      Path folder,
      Optional<URI> consul,
      Function<List<Node>, Map<String, String>> known)
      throws IOException, InterruptedException {
    EmbeddedServer database = TestPostgres.start(folder.resolve("postgres"), 80, true);
    Map<String, String> settings = settings(database);
    settings.putAll(more);
    consul.ifPresent(url -> settings.put("GATEHOUSE_CONSUL_URL", url.toString()));
    List<Node> nodes = new ArrayList<>();
    for (int number = 1; number <= INSTANCES; number++) {
      nodes.add(
          Node.instance(instanceManner, settings, folder.resolve("instance-" + number + ".log")));
    }
    Map<String, String> edge = new HashMap<>(known.apply(nodes));
    edge.putAll(more);
    edge.put("GATEHOUSE_RATE_LIMIT", "off");
    edge.put("GATEHOUSE_LOG_FORMAT", "json");
    edge.put("GATEHOUSE_LOG_LEVEL", gatewayLog);
    Node gateway = Node.gateway(gatewayManner, edge, folder.resolve("gateway.log"));
    var cluster = new Cluster(database, nodes, gateway);
    try {
      for (Node node : nodes) {
        node.awaitReady();
      }
      gateway.awaitReady();
      return cluster;
    } catch (IOException | InterruptedException | AssertionError failure) {
      cluster.close();
      throw failure;
    }
  }

  private static Map<String, String> settings(EmbeddedServer database) {
    Map<String, String> settings =
        TestSettings.alikeOn(database.url(), database.user(), database.password());
    settings.put("GATEHOUSE_TRUSTED_PROXIES", "127.0.0.1");
    settings.put("GATEHOUSE_RATE_LIMIT", "off");
    settings.put("GATEHOUSE_LOG_FORMAT", "json");
    settings.put("GATEHOUSE_LOG_LEVEL", "warn");
    return settings;
  }

  List<Node> instances() {
    return instances;
  }

  Node gateway() {
    return gateway;
  }

  /// The addresses that are registered, as PostgreSQL has them.
  Set<String> registered() throws SQLException {
    Set<String> emails = new HashSet<>();
    try (var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT email FROM users")) {
      while (rows.next()) {
        if (!emails.add(rows.getString(1))) {
          throw new AssertionError("registered twice: " + rows.getString(1));
        }
      }
    }
    return emails;
  }

  @Override
  public void close() {
    gateway.close();
    instances.forEach(Node::close);
    database.close();
  }
}
