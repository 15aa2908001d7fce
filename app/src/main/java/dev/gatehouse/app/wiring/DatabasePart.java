package dev.gatehouse.app.wiring;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.settings.DatabaseConfiguration;
import dev.gatehouse.postgres.database.ConnectionBudget;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Pooling;
import dev.gatehouse.postgres.database.PostgresSettings;
import dev.gatehouse.postgres.database.Replica;
import dev.gatehouse.postgres.embedded.EmbeddedServer;
import dev.gatehouse.postgres.embedded.EmbeddedSettings;
import dev.gatehouse.postgres.embedded.RunningServer;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database: the configured one, or else one of our own in the data folder.
///
/// @param settings how to use it
/// @param standby how to use its standby, where there is one
/// @param oldest how old a result of the standby may be
/// @param location where the data is, as text, without secrets
record DatabasePart(
    PostgresSettings settings,
    Optional<PostgresSettings> standby,
    Duration oldest,
    String location) {
  private static final Logger log = LoggerFactory.getLogger(DatabasePart.class);

  static DatabasePart start(Configuration configuration, Lifecycle lifecycle) {
    return configuration
        .find(DatabaseConfiguration.URL)
        .map(url -> DatabaseConfiguration.external(configuration, url))
        .map(settings -> external(configuration, settings))
        .orElseGet(() -> embedded(configuration, lifecycle));
  }

  /// The same through a pooler, or without one.
  DatabasePart through(Pooling pooling) {
    return new DatabasePart(settings.through(pooling), standby, oldest, location);
  }

  /// The standby that serves searches, where there is one.
  Optional<Replica> replica(Lifecycle lifecycle, Database primary, PeriodicTasks tasks) {
    return standby.map(
        server ->
            lifecycle.start("the replica", () -> Replica.open(server, primary, oldest, tasks)));
  }

  /// Says so when all instances together may open more connections than a server has.
  void warnWhenConnectionsAreFew(Database database, Optional<Replica> replica, int instances) {
    warn(ConnectionBudget.of(database, settings, instances));
    replica.ifPresent(
        there ->
            there.whenReached(
                server -> warn(ConnectionBudget.ofStandby(server, settings, instances))));
  }

  private static void warn(ConnectionBudget budget) {
    budget.shortfall().ifPresent(log::warn);
  }

  private static DatabasePart external(Configuration configuration, PostgresSettings settings) {
    return new DatabasePart(
        settings,
        DatabaseConfiguration.standby(configuration, settings),
        configuration.get(DatabaseConfiguration.REPLICA_MAX_LAG),
        "PostgreSQL at " + settings.address());
  }

  /// The same for a command that may run beside an instance: the server that one has started is
  /// used.
  static DatabasePart join(Configuration configuration, Lifecycle lifecycle) {
    if (configuration.find(DatabaseConfiguration.URL).isPresent()) {
      return start(configuration, lifecycle);
    }
    return lifecycle
        .attempt("the embedded PostgreSQL", () -> RunningServer.on(embeddedSettings(configuration)))
        .map(server -> embedded(configuration, server.url(), server.user(), server.password()))
        .orElseGet(() -> embedded(configuration, lifecycle));
  }

  private static DatabasePart embedded(Configuration configuration, Lifecycle lifecycle) {
    EmbeddedServer server =
        lifecycle.start(
            "the embedded PostgreSQL", () -> EmbeddedServer.start(embeddedSettings(configuration)));
    return embedded(configuration, server.url(), server.user(), server.password());
  }

  private static EmbeddedSettings embeddedSettings(Configuration configuration) {
    return EmbeddedSettings.under(
        configuration.get(DatabaseConfiguration.DATA_DIR),
        configuration.get(DatabaseConfiguration.MAX_OPEN));
  }

  private static DatabasePart embedded(
      Configuration configuration, String url, String user, String password) {
    Path folder = configuration.get(DatabaseConfiguration.DATA_DIR);
    var settings = DatabaseConfiguration.postgres(configuration, url, user, password);
    return new DatabasePart(
        settings,
        Optional.empty(),
        configuration.get(DatabaseConfiguration.REPLICA_MAX_LAG),
        folder.toAbsolutePath().normalize() + "   (embedded PostgreSQL)");
  }
}
