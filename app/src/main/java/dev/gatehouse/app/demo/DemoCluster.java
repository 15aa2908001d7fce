package dev.gatehouse.app.demo;

import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.postgres.embedded.EmbeddedServer;
import dev.gatehouse.postgres.embedded.EmbeddedSettings;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Consul where it is at hand, three instances and a gateway as their own processes, on one
/// embedded PostgreSQL and under one secret key.
public final class DemoCluster {
  private static final int INSTANCES = 3;
  private static final int CONNECTIONS = 5;
  private static final int KEY_BYTES = 32;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String HOST = "127.0.0.1";

  private final DemoPorts ports = new DemoPorts();
  private final Lifecycle lifecycle;
  private final Launch launch;
  private final SecureRandom random;

  /// How programs of this product are started, and where others are looked for.
  ///
  /// @param program the command up to the name of the subcommand
  /// @param searchPath the variable `PATH`
  /// @param home the folder of the product
  public record Launch(List<String> program, String searchPath, Path home) {
    /// Keeps a copy.
    public Launch {
      program = List.copyOf(program);
    }
  }

  public DemoCluster(Lifecycle lifecycle, Launch launch, SecureRandom random) {
    this.lifecycle = lifecycle;
    this.launch = launch;
    this.random = random;
  }

  private record Node(int port, int managementPort, ChildProcess process) {
    String address() {
      return HOST + ":" + port;
    }

    URI ready() {
      return URI.create("http://" + HOST + ":" + managementPort + "/ready");
    }
  }

  /// Starts everything.
  ///
  /// @return what a person is told
  public String start() {
    Path folder = lifecycle.start("the folder", DemoFolder::make).path();
    EmbeddedServer database =
        lifecycle.start(
            "the embedded PostgreSQL",
            () ->
                EmbeddedServer.start(
                    EmbeddedSettings.under(folder, INSTANCES * CONNECTIONS).temporary()));
    Optional<URI> consul = consul(folder);
    int gatewayPort = ports.preferring(8000);
    Map<String, String> shared = shared(database, consul, gatewayPort);
    List<Node> nodes = new ArrayList<>();
    for (int number = 1; number <= INSTANCES; number++) {
      nodes.add(instance(number, shared, folder));
    }
    nodes.forEach(node -> awaitReady("the instance at " + node.address(), node));
    Node gateway = gateway(gatewayPort, consul, nodes, folder);
    awaitReady("the gateway", gateway);
    var programs = new ArrayList<>(nodes);
    programs.add(gateway);
    // Closed first: all stop at the same time, instead of one after the other.
    lifecycle.start("the programs", () -> () -> programs.forEach(node -> node.process().ask()));
    return text(gateway, nodes, consul, folder);
  }

  private Optional<URI> consul(Path folder) {
    return ConsulProgram.find(launch.searchPath(), launch.home())
        .map(
            program -> {
              int port = ports.preferring(8500);
              var url = URI.create("http://" + HOST + ":" + port);
              ChildProcess process =
                  lifecycle.start(
                      "Consul",
                      () ->
                          ChildProcess.start(
                              "consul", program.command(port, ports), Map.of(), folder));
              lifecycle.attempt("Consul", () -> await(process, url.resolve("/v1/status/leader")));
              return url;
            });
  }

  private Map<String, String> shared(
      EmbeddedServer database, Optional<URI> consul, int gatewayPort) {
    var key = new byte[KEY_BYTES];
    random.nextBytes(key);
    Map<String, String> shared = new HashMap<>();
    shared.put("GATEHOUSE_DATABASE_URL", database.url());
    shared.put("GATEHOUSE_DATABASE_USER", database.user());
    shared.put("GATEHOUSE_DATABASE_PASSWORD", database.password());
    shared.put("GATEHOUSE_DATABASE_MAX_OPEN", Integer.toString(CONNECTIONS));
    shared.put("GATEHOUSE_SECRET_KEY", Base64.getEncoder().encodeToString(key));
    shared.put("GATEHOUSE_TOKEN_ISSUER", "http://" + HOST + ":" + gatewayPort);
    shared.put("GATEHOUSE_TRUSTED_PROXIES", HOST);
    shared.put("GATEHOUSE_SHUTDOWN_DELAY", "0s");
    consul.ifPresent(url -> shared.put("GATEHOUSE_CONSUL_URL", url.toString()));
    return shared;
  }

  private Node instance(int number, Map<String, String> shared, Path folder) {
    int port = ports.preferring(8080 + number);
    int managementPort = ports.preferring(9090 + number);
    Map<String, String> settings = new HashMap<>(shared);
    settings.put("GATEHOUSE_HTTP_PORT", Integer.toString(port));
    settings.put("GATEHOUSE_MANAGEMENT_PORT", Integer.toString(managementPort));
    return new Node(port, managementPort, child("instance " + number, "serve", settings, folder));
  }

  private Node gateway(int port, Optional<URI> consul, List<Node> nodes, Path folder) {
    int managementPort = ports.preferring(9090);
    Map<String, String> settings = new HashMap<>();
    settings.put("GATEHOUSE_SHUTDOWN_DELAY", "0s");
    settings.put("GATEHOUSE_GATEWAY_PORT", Integer.toString(port));
    settings.put("GATEHOUSE_MANAGEMENT_PORT", Integer.toString(managementPort));
    consul.ifPresentOrElse(
        url -> settings.put("GATEHOUSE_CONSUL_URL", url.toString()),
        () ->
            settings.put(
                "GATEHOUSE_GATEWAY_UPSTREAMS",
                String.join(",", nodes.stream().map(Node::address).toList())));
    return new Node(port, managementPort, child("gateway", "gateway", settings, folder));
  }

  private ChildProcess child(
      String name, String subcommand, Map<String, String> settings, Path folder) {
    List<String> command = new ArrayList<>(launch.program());
    command.add(subcommand);
    return lifecycle.start(name, () -> ChildProcess.start(name, command, settings, folder));
  }

  private void awaitReady(String name, Node node) {
    lifecycle.attempt(name, () -> await(node.process(), node.ready()));
  }

  private static URI await(ChildProcess process, URI address) throws Exception {
    process.await(address, TIMEOUT);
    return address;
  }

  private static String text(Node gateway, List<Node> nodes, Optional<URI> consul, Path folder) {
    var text = new StringBuilder("\nA cluster of three instances is ready.\n");
    text.append("  Gateway     http://%s   /docs shows the API%n".formatted(gateway.address()));
    for (Node node : nodes) {
      text.append(
          "  Instance    http://%s   process %d%n".formatted(node.address(), node.process().pid()));
    }
    text.append(
        "  Instances   %s%n"
            .formatted(
                consul
                    .map(url -> "known through Consul, " + url + "/ui")
                    .orElse("a fixed list: Consul is not on this machine")));
    text.append("  Logs        %s%n".formatted(folder));
    text.append(
        """

        Try it:
          curl -s http://%1$s/v1/users -H 'Content-Type: application/json' \\
            -d '{"email":"ada@example.com","password":"correct horse battery"}'
          while sleep 0.1; do curl -s -o /dev/null -w '%%{http_code} ' http://%1$s/v1/users/me; done
          kill -9 %2$d     # in another terminal: requests are still served, and it is started again

        Ctrl-C stops everything.

        """
            .formatted(gateway.address(), nodes.getFirst().process().pid()));
    return text.toString();
  }
}
