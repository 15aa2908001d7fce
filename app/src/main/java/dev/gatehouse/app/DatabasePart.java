package dev.gatehouse.app;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Parts;
import dev.gatehouse.app.settings.DatabaseConfiguration;
import dev.gatehouse.postgres.PostgresSettings;
import dev.gatehouse.postgres.embedded.EmbeddedServer;
import dev.gatehouse.postgres.embedded.EmbeddedSettings;
import java.nio.file.Path;

/// The database: the configured one, or else one of our own in the data folder.
///
/// @param settings how to use it
/// @param location where the data lies, in words and without secrets
record DatabasePart(PostgresSettings settings, String location) {
  static DatabasePart start(Configuration configuration, Parts parts) {
    return configuration
        .find(DatabaseConfiguration.URL)
        .map(url -> DatabaseConfiguration.external(configuration, url))
        .map(settings -> new DatabasePart(settings, "PostgreSQL at " + settings.address()))
        .orElseGet(() -> embedded(configuration, parts));
  }

  private static DatabasePart embedded(Configuration configuration, Parts parts) {
    Path folder = configuration.get(DatabaseConfiguration.DATA_DIR);
    int connections = configuration.get(DatabaseConfiguration.MAX_OPEN);
    EmbeddedServer server =
        parts.start(
            "the embedded PostgreSQL",
            () -> EmbeddedServer.start(EmbeddedSettings.under(folder, connections)));
    var settings =
        DatabaseConfiguration.postgres(
            configuration, server.url(), server.user(), server.password());
    return new DatabasePart(
        settings, folder.toAbsolutePath().normalize() + "   (embedded PostgreSQL)");
  }
}
