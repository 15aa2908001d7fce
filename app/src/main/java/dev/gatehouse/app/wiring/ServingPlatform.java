package dev.gatehouse.app.wiring;

import dev.gatehouse.api.health.HealthCheck;
import dev.gatehouse.api.health.Readiness;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Replica;
import dev.gatehouse.postgres.database.ServerGuard;
import dev.gatehouse.postgres.instance.Heartbeat;
import dev.gatehouse.resilience.ClusterSize;
import dev.gatehouse.telemetry.Telemetry;
import dev.gatehouse.telemetry.metrics.Metrics;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/// The platform of a running server: it is measured, knows how many instances there are, and says
/// whether it is ready.
///
/// @param guard refuses a database server that is behind
/// @param replica the standby that serves searches, where there is one
record ServingPlatform(
    Platform base,
    Telemetry telemetry,
    Readiness readiness,
    ServerGuard guard,
    ClusterSize instances,
    Optional<Replica> replica) {
  private static final Duration PING_TIMEOUT = Duration.ofMillis(500);

  static ServingPlatform start(
      Configuration configuration,
      Lifecycle lifecycle,
      Readiness readiness,
      SecureRandom random,
      TelemetryPart.Start telemetryStart) {
    Platform.Base base = Platform.Base.of(configuration, lifecycle, random);
    var clock = base.clock();
    var tasks = base.tasks();
    Telemetry telemetry =
        telemetryStart.start(configuration, lifecycle, base.ids().next().toString());
    Metrics metrics = telemetry.metrics();
    metrics.tasks(tasks);
    DatabasePart store = base.prepared(DatabasePart.start(configuration, lifecycle));
    var guard = new ServerGuard();
    Database database =
        lifecycle.start(
            "the pool",
            () -> {
              guard.arm();
              return Database.open(
                  store.settings(), guard, metrics.pool(), telemetry.statements(), tasks);
            });
    ClusterSize instances =
        lifecycle.start(
            "the heartbeat", () -> Heartbeat.start(database, base.ids().next(), clock, tasks));
    metrics.clockOffset(clock::offset);
    Optional<Replica> replica = store.replica(lifecycle, database, tasks);
    readiness.require(new HealthCheck("database", PING_TIMEOUT, database::ping));
    readiness.require(new HealthCheck("clock", PING_TIMEOUT, clock::requireRight));
    return new ServingPlatform(
        base.on(store, database), telemetry, readiness, guard, instances, replica);
  }

  Configuration configuration() {
    return base.configuration();
  }

  Database database() {
    return base.database();
  }

  Metrics metrics() {
    return telemetry.metrics();
  }

  /// Says so when all instances together may open more connections than a server has.
  void warnWhenConnectionsAreFew() {
    base.store().warnWhenConnectionsAreFew(base.database(), replica, instances.count());
  }
}
