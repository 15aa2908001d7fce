package dev.gatehouse.app.system.budget;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.Main;
import dev.gatehouse.app.system.ApiClient;
import dev.gatehouse.app.system.TestPostgres;
import dev.gatehouse.app.system.TestSettings;
import dev.gatehouse.app.system.cluster.Node;
import dev.gatehouse.postgres.embedded.EmbeddedServer;
import dev.gatehouse.testkit.net.FreePorts;
import dev.gatehouse.testkit.redis.RedisFixture;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/// One instance on a PostgreSQL and a Redis whose connections are counted, and a gateway in front.
final class Laboratory implements AutoCloseable {
  private static final Pattern HASHES =
      Pattern.compile("(?m)^password_hash_duration_seconds_count\\{.*} ([0-9.E+]+)$");

  private final PostgresWire postgres = new PostgresWire();
  private final RedisWire redis = new RedisWire();
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final EmbeddedServer database;
  private final Connection observer;
  private final ApiClient api;
  private final ApiClient edge;
  private final ApiClient metrics;
  private final String apiKey;
  private final MBeanServerConnection instanceBeans;
  private final MBeanServerConnection gatewayBeans;

  private Laboratory(Path folder) throws Exception {
    database = opened(TestPostgres.start(folder.resolve("postgres"), 40, false));
    quieten();
    RedisFixture store = opened(RedisFixture.embedded());
    WireProxy sql = opened(WireProxy.to(port(database), postgres::conversation));
    WireProxy resp = opened(WireProxy.to(store.port(), redis::conversation));

    String url = database.url().replace(":" + port(database) + "/", ":" + sql.port() + "/");
    Map<String, String> settings = TestSettings.alikeOn(url, database.user(), database.password());
    settings.put("GATEHOUSE_REDIS_URL", "redis://127.0.0.1:" + resp.port());
    settings.put("GATEHOUSE_RATE_LIMIT_IP", "1000000/1s");
    settings.put("GATEHOUSE_RATE_LIMIT_LOGIN_IP", "1000000/1s");
    settings.put("GATEHOUSE_RATE_LIMIT_LOGIN_ACCOUNT", "1000000/1s");
    settings.put("GATEHOUSE_RATE_LIMIT_REGISTER_IP", "1000000/1s");
    // A connection that is opened while something is measured would be counted with it.
    settings.put("GATEHOUSE_DATABASE_MIN_IDLE", "4");
    settings.put("GATEHOUSE_DATABASE_MAX_OPEN", "4");
    int instancePort = FreePorts.next();
    Node instance =
        opened(Node.instance(manner(instancePort), settings, folder.resolve("instance.log")));
    instance.awaitReady();
    int gatewayPort = FreePorts.next();
    Map<String, String> front = new HashMap<>();
    front.put("GATEHOUSE_GATEWAY_UPSTREAMS", instance.address());
    front.put("GATEHOUSE_RATE_LIMIT", "off");
    Node gateway = opened(Node.gateway(manner(gatewayPort), front, folder.resolve("gateway.log")));
    gateway.awaitReady();

    observer =
        opened(DriverManager.getConnection(database.url(), database.user(), database.password()));
    api = new ApiClient(loopback(instance.port()));
    edge = new ApiClient(loopback(gateway.port()));
    metrics = new ApiClient(loopback(instance.managementPort()));
    apiKey = createApiKey(settings, folder);
    instanceBeans = beans(instancePort);
    gatewayBeans = beans(gatewayPort);
  }

  /// Starts everything and waits until it is ready.
  static Laboratory open(Path folder) throws Exception {
    return new Laboratory(folder);
  }

  /// A client of the instance.
  ApiClient api() {
    return api;
  }

  /// A client of the gateway.
  ApiClient edge() {
    return edge;
  }

  /// A key of the API with the scope `introspect`.
  String apiKey() {
    return apiKey;
  }

  /// Runs a statement that is not counted.
  void sql(String statement) throws SQLException {
    try (var running = observer.createStatement()) {
      running.execute(statement);
    }
  }

  /// What has been used so far. Reading it allocates memory too, hence the order: at the end of a
  /// measurement the heap is read first.
  Usage usage() throws Exception {
    Map<String, Long> counts = allocated();
    counts.put("wal", walPosition());
    counts.put("hashes", hashes());
    var signatures = new ObjectName(CountedMain.COUNTS);
    counts.put("signed", (Long) instanceBeans.getAttribute(signatures, "Made"));
    counts.put("checked", (Long) instanceBeans.getAttribute(signatures, "Checked"));
    return new Usage(postgres.statements(), postgres.rowsWritten(), redis.commands(), counts);
  }

  /// The same for the start of a measurement: the heap is read last.
  Usage usageAtStart() throws Exception {
    Usage usage = usage();
    usage.counts().putAll(allocated());
    return usage;
  }

  private Map<String, Long> allocated() throws Exception {
    var threads = new ObjectName("java.lang:type=Threading");
    Map<String, Long> bytes = new TreeMap<>();
    bytes.put("heap", (Long) instanceBeans.getAttribute(threads, "TotalThreadAllocatedBytes"));
    bytes.put(
        "gateway heap", (Long) gatewayBeans.getAttribute(threads, "TotalThreadAllocatedBytes"));
    return bytes;
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts.reversed()) {
      try {
        part.close();
      } catch (Exception failed) {
        throw new IllegalStateException(failed);
      }
    }
  }

  /// Without what PostgreSQL writes on its own: images of pages after a checkpoint, and vacuuming.
  private void quieten() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET full_page_writes = off");
      statement.execute("ALTER SYSTEM SET autovacuum = off");
      statement.execute("ALTER SYSTEM SET checkpoint_timeout = '1h'");
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private static Node.Manner manner(int managementPort) {
    return new Node.Manner(
        List.of(),
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-Djava.rmi.server.hostname=127.0.0.1",
            "-Dcom.sun.management.jmxremote.host=127.0.0.1",
            "-Dcom.sun.management.jmxremote.port=" + managementPort,
            "-Dcom.sun.management.jmxremote.rmi.port=" + managementPort,
            "-Dcom.sun.management.jmxremote.authenticate=false",
            "-Dcom.sun.management.jmxremote.ssl=false"),
        CountedMain.class);
  }

  // Both ends are this test's own, on the loopback interface.
  @SuppressWarnings("BanJNDI")
  private MBeanServerConnection beans(int port) throws Exception {
    var address = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
    JMXConnector connector = opened(JMXConnectorFactory.connect(address));
    return connector.getMBeanServerConnection();
  }

  private static String createApiKey(Map<String, String> settings, Path folder) throws Exception {
    var command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "keys",
            "create",
            "budget",
            "--scope",
            "introspect");
    command.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    command.environment().putAll(settings);
    Process running = command.redirectError(folder.resolve("keys.log").toFile()).start();
    String key = new String(running.getInputStream().readAllBytes(), US_ASCII).strip();
    assertThat(running.waitFor()).isZero();
    return key;
  }

  private long walPosition() throws SQLException {
    try (var statement = observer.createStatement();
        var result =
            statement.executeQuery("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")) {
      result.next();
      return result.getLong(1);
    }
  }

  private long hashes() {
    String scraped = metrics.get("/metrics", Optional.empty()).body();
    return HASHES
        .matcher(scraped)
        .results()
        .mapToLong(found -> Math.round(Double.parseDouble(found.group(1))))
        .sum();
  }

  private static int port(EmbeddedServer server) {
    return URI.create(server.url().substring("jdbc:".length())).getPort();
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.add(part);
    return part;
  }

  private static URI loopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
