package dev.gatehouse.app.wiring;

import dev.gatehouse.api.health.HealthResource;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Parts;
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
    Parts parts = platform.base().parts();
    EventLoops loops = parts.start("the event loops", EventLoops::open);
    HttpServer management = management(platform, health, loops);
    HttpServer api = api(platform, features, authenticator, loops);
    platform.metrics().activeConnections(api::activeConnections);
    return new Servers(api, management);
  }

  private static HttpServer management(
      ServingPlatform platform, HealthResource health, EventLoops loops) {
    HttpSettings settings = HttpConfiguration.management(platform.configuration());
    return Listening.start(
        platform.base().parts(),
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
    Parts parts = platform.base().parts();
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
        .map(files -> parts.start("TLS", () -> files.open(loops, platform.base().tasks())))
        .ifPresent(files -> building.tls(files));
    return Listening.start(
        parts, "the API", configuration, HttpConfiguration.PORT, () -> building.start(loops));
  }
}
