package dev.gatehouse.app;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Parts;
import dev.gatehouse.app.settings.DatabaseConfiguration;
import dev.gatehouse.postgres.PostgresSettings;
import dev.gatehouse.postgres.embedded.EmbeddedServer;
import dev.gatehouse.postgres.embedded.EmbeddedSettings;
import dev.gatehouse.postgres.embedded.RunningServer;
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

  /// The same for a command that may run beside an instance: the server that one has started is used.
  static DatabasePart join(Configuration configuration, Parts parts) {
    if (configuration.find(DatabaseConfiguration.URL).isPresent()) {
      return start(configuration, parts);
    }
    return parts
        .attempt("the embedded PostgreSQL", () -> RunningServer.on(embeddedSettings(configuration)))
        .map(server -> embedded(configuration, server.url(), server.user(), server.password()))
        .orElseGet(() -> embedded(configuration, parts));
  }

  private static DatabasePart embedded(Configuration configuration, Parts parts) {
    EmbeddedServer server =
        parts.start(
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
        settings, folder.toAbsolutePath().normalize() + "   (embedded PostgreSQL)");
  }
}
