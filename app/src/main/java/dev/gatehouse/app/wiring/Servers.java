package dev.gatehouse.app.wiring;

import dev.gatehouse.api.health.HealthResource;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.settings.HttpConfiguration;
import dev.gatehouse.app.settings.RateLimitConfiguration;
import dev.gatehouse.http.Authenticator;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.server.HttpServer;
import dev.gatehouse.telemetry.metrics.MetricsResource;
import java.util.List;
import java.util.Set;

/// The two ports of an instance: the API, and what operators look at.
record Servers(HttpServer api, HttpServer management) {
  static Servers start(
      ServingPlatform platform,
      List<Part> features,
      HealthResource health,
      Authenticator authenticator) {
    Lifecycle lifecycle = platform.base().lifecycle();
    EventLoops loops = lifecycle.start("the event loops", EventLoops::open);
    HttpServer management = management(platform, health, loops);
    HttpServer api = api(platform, features, authenticator, loops);
    platform.metrics().activeConnections(api::activeConnections);
    return new Servers(api, management);
  }

  private static HttpServer management(
      ServingPlatform platform, HealthResource health, EventLoops loops) {
    HttpSettings settings = HttpConfiguration.management(platform.configuration());
    return Listening.start(
        platform.base().lifecycle(),
        "the management port",
        platform.configuration(),
        HttpConfiguration.MANAGEMENT_PORT,
        () ->
            HttpServer.builder(settings)
                .time(platform.base().clock())
                .routes(health.routes())
                .routes(new MetricsResource(platform.metrics()).routes())
                .start(loops));
  }

  private static HttpServer api(
      ServingPlatform platform,
      List<Part> features,
      Authenticator authenticator,
      EventLoops loops) {
    Configuration configuration = platform.configuration();
    Lifecycle lifecycle = platform.base().lifecycle();
    HttpSettings settings = HttpConfiguration.api(configuration);
    var building =
        platform
            .telemetry()
            .watch(HttpServer.builder(settings).time(platform.base().clock()))
            .routes(features.stream().flatMap(part -> part.routes().stream()).toList())
            .trustedProxies(RateLimitConfiguration.trustedProxies(configuration))
            .outerFilters(features.stream().flatMap(part -> part.filters().stream()).toList())
            .origins(configuration.find(HttpConfiguration.CORS_ORIGINS).orElse(Set.of()))
            .authenticator(authenticator);
    HttpConfiguration.certificate(configuration)
        .map(files -> lifecycle.start("TLS", () -> files.open(loops, platform.base().tasks())))
        .ifPresent(files -> building.tls(files));
    return Listening.start(
        lifecycle, "the API", configuration, HttpConfiguration.PORT, () -> building.start(loops));
  }
}
