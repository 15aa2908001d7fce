package dev.gatehouse.app.wiring;

import dev.gatehouse.api.health.HealthCheck;
import dev.gatehouse.api.health.Readiness;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.settings.ClusterConfiguration;
import dev.gatehouse.app.settings.TokenConfiguration;
import dev.gatehouse.discovery.ConsulDiscovery;
import dev.gatehouse.discovery.ConsulSettings;
import dev.gatehouse.discovery.Instance;
import dev.gatehouse.discovery.ServiceRegistration;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.telemetry.Telemetry;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How this instance is made known to others, where Consul is configured.
final class DiscoveryPart {
  private static final Logger log = LoggerFactory.getLogger(DiscoveryPart.class);
  private static final Duration TIMEOUT = Duration.ofMillis(100);

  private DiscoveryPart() {}

  /// Has the instance registered once it is ready, and deregistered first thing when it stops.
  ///
  /// @param servers whose ports others call; Consul asks the second whether the instance is ready
  static void register(ServingPlatform platform, Servers servers) {
    Configuration configuration = platform.configuration();
    Lifecycle lifecycle = platform.base().lifecycle();
    RandomGenerator random = platform.base().random();
    Optional<ConsulSettings> settings = ClusterConfiguration.consul(configuration);
    if (settings.isEmpty()) {
      return;
    }
    if (!configuration.isSet(TokenConfiguration.ISSUER)) {
      log.warn(
          "{} is not set: this instance names itself, and refuses tokens of the others that register"
              + " with it; give all of them the address by which clients know the service",
          TokenConfiguration.ISSUER.name());
    }
    ClusterConfiguration.requireCallable(configuration);
    ConsulDiscovery consul =
        lifecycle.start(
            "Consul",
            () -> open(settings.get(), platform.telemetry(), random, platform.base().tasks()));
    ServiceRegistration announcement =
        lifecycle.attempt(
            "the registration",
            () ->
                announcement(
                    configuration,
                    platform.readiness(),
                    servers.api().port(),
                    servers.management().port(),
                    random));
    lifecycle.whenReady("the registration", () -> consul.register(announcement));
    platform.readiness().mention(check(consul));
  }

  static ConsulDiscovery open(
      ConsulSettings settings, Telemetry telemetry, RandomGenerator random, PeriodicTasks tasks) {
    telemetry.metrics().breakers().watch("consul");
    return new ConsulDiscovery(
        settings,
        random::nextDouble,
        System::nanoTime,
        telemetry.discovery(),
        telemetry.metrics().breakers(),
        tasks);
  }

  /// What `/ready` shows of Consul. An instance, and a gateway with its last good list, serve
  /// without it.
  static HealthCheck check(ConsulDiscovery consul) {
    return new HealthCheck("consul", TIMEOUT, () -> requireStep(consul));
  }

  private static void requireStep(ConsulDiscovery consul) throws IOException {
    if (!consul.inStep()) {
      throw new IOException("Consul is away, or does not know this instance");
    }
  }

  /// Consul is notified of the instance alone: with a database away that all share it would else
  /// name no one and forget everybody after a minute, and a gateway that starts then would find
  /// none. Gateways and clients ask the instances themselves for the rest, and serve all when no
  /// one is ready.
  static ServiceRegistration announcement(
      Configuration configuration,
      Readiness readiness,
      int port,
      int managementPort,
      RandomGenerator random)
      throws UnknownHostException {
    Instance own = ClusterConfiguration.own(configuration, port);
    Instance check = Instance.at(own.host(), managementPort);
    return new ServiceRegistration(
        configuration.get(ClusterConfiguration.SERVICE_NAME),
        own.startedAs(Long.toHexString(random.nextLong())),
        check.url("/ready?scope=instance"),
        () -> readiness.own().ready());
  }
}
