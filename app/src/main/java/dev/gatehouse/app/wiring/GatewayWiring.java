package dev.gatehouse.app.wiring;

import dev.gatehouse.api.health.HealthCheck;
import dev.gatehouse.api.health.HealthResource;
import dev.gatehouse.api.health.Readiness;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.ConfigurationException;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.settings.ClusterConfiguration;
import dev.gatehouse.app.settings.GatewayConfiguration;
import dev.gatehouse.app.settings.HttpConfiguration;
import dev.gatehouse.app.settings.RateLimitConfiguration;
import dev.gatehouse.discovery.ConsulDiscovery;
import dev.gatehouse.discovery.ConsulSettings;
import dev.gatehouse.discovery.FixedInstances;
import dev.gatehouse.discovery.Instance;
import dev.gatehouse.discovery.InstanceWatch;
import dev.gatehouse.discovery.ReadyInstances;
import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.UpstreamLog;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.server.HttpServer;
import dev.gatehouse.http.tls.CertificateFiles;
import dev.gatehouse.limits.EdgeLimit;
import dev.gatehouse.limits.LimitListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.resilience.upstream.UpstreamCluster;
import dev.gatehouse.telemetry.Telemetry;
import dev.gatehouse.telemetry.logging.LoggedTasks;
import dev.gatehouse.telemetry.metrics.Metrics;
import dev.gatehouse.telemetry.metrics.MetricsResource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The inventory of the gateway: every part, in the order in which it is started.
final class GatewayWiring {
  private static final Duration PATIENCE_FOR_READY = Duration.ofMillis(500);

  private final RandomGenerator random;
  private final PeriodicTasks tasks = new PeriodicTasks(new LoggedTasks());

  GatewayWiring(RandomGenerator random) {
    this.random = random;
  }

  Launcher.EdgeAddresses start(
      Configuration configuration, Lifecycle lifecycle, Readiness readiness) {
    Telemetry telemetry =
        TelemetryPart.start(configuration, lifecycle, Long.toHexString(random.nextLong()));
    Metrics metrics = telemetry.metrics();
    metrics.tasks(tasks);
    InstanceWatch known = instances(configuration, lifecycle, telemetry, readiness);
    known.subscribe(list -> metrics.follow(list.stream().map(Instance::id).toList()));
    ReadyInstances ready = lifecycle.start("the instances", () -> ReadyInstances.of(known, tasks));
    var cluster =
        new UpstreamCluster<Instance>(
            GatewayConfiguration.cluster(configuration),
            random::nextInt,
            System::nanoTime,
            new UpstreamLog(metrics.balancer()),
            metrics.breakers());
    readiness.require(new HealthCheck("instances", PATIENCE_FOR_READY, () -> requireAny(ready)));

    EventLoops loops = lifecycle.start("the event loops", EventLoops::open);
    var health = new HealthResource(readiness, tasks::statuses);
    HttpServer management =
        Listening.start(
            lifecycle,
            "the management port",
            configuration,
            HttpConfiguration.MANAGEMENT_PORT,
            () ->
                HttpServer.builder(HttpConfiguration.management(configuration))
                    .routes(health.routes())
                    .routes(new MetricsResource(metrics).routes())
                    .start(loops));
    Optional<CertificateFiles> certificate =
        HttpConfiguration.certificate(configuration)
            .map(files -> lifecycle.start("TLS", () -> files.open(loops, tasks)));
    var made =
        new Gateway.Parts(
            GatewayConfiguration.http(configuration),
            certificate,
            RateLimitConfiguration.trustedProxies(configuration),
            edgeLimit(configuration, metrics.limits()),
            ready,
            cluster,
            GatewayConfiguration.upstream(configuration),
            metrics.requests(),
            telemetry.requests(),
            telemetry.upstreams());
    Gateway gateway =
        Listening.start(
            lifecycle,
            "the gateway",
            configuration,
            GatewayConfiguration.PORT,
            () -> Gateway.start(made, loops));
    metrics.activeConnections(gateway::activeConnections);
    return new Launcher.EdgeAddresses(
        HttpConfiguration.address(
            HttpConfiguration.scheme(configuration), configuration, gateway.port()),
        HttpConfiguration.address("http", configuration, management.port()),
        source(configuration));
  }

  private InstanceWatch instances(
      Configuration configuration, Lifecycle lifecycle, Telemetry telemetry, Readiness readiness) {
    Optional<List<Instance>> fixed = configuration.find(GatewayConfiguration.UPSTREAMS);
    if (fixed.isPresent()) {
      return lifecycle
          .start("the list of instances", () -> new FixedInstances(fixed.get()))
          .watch("");
    }
    ConsulSettings consul =
        ClusterConfiguration.consul(configuration)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        List.of(
                            "the gateway needs %s or %s"
                                .formatted(
                                    GatewayConfiguration.UPSTREAMS.name(),
                                    ClusterConfiguration.CONSUL_URL.name()))));
    ConsulDiscovery discovery =
        lifecycle.start("Consul", () -> DiscoveryPart.open(consul, telemetry, random, tasks));
    readiness.mention(DiscoveryPart.check(discovery));
    return discovery.watch(configuration.get(ClusterConfiguration.SERVICE_NAME));
  }

  private static Optional<EdgeLimit> edgeLimit(
      Configuration configuration, LimitListener listener) {
    return RateLimitConfiguration.limits(configuration)
        .map(limits -> new EdgeLimit(limits.ip(), System::nanoTime, listener));
  }

  private static void requireAny(ReadyInstances instances) throws IOException {
    if (!instances.anyReady()) {
      throw new IOException("no instance is ready");
    }
  }

  private static String source(Configuration configuration) {
    return configuration
        .find(GatewayConfiguration.UPSTREAMS)
        .map(_ -> GatewayConfiguration.UPSTREAMS.name())
        .orElseGet(() -> "Consul, as " + configuration.get(ClusterConfiguration.SERVICE_NAME));
  }
}
