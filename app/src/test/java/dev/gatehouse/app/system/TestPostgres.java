package dev.gatehouse.app.system;

import dev.gatehouse.postgres.embedded.EmbeddedServer;
import dev.gatehouse.postgres.embedded.EmbeddedSettings;
import dev.gatehouse.testkit.postgres.ServerTemplate;
import java.nio.file.Path;

/// Embedded PostgreSQL servers that need not be created first.
public final class TestPostgres {
  private static final ServerTemplate TEMPLATE =
      new ServerTemplate(home -> EmbeddedServer.start(settings(home, 20, false)).close());

  private TestPostgres() {}

  /// Sees to it that a program which is started on this data folder finds a server there.
  static void prepareUnder(Path data) {
    TEMPLATE.copyTo(data.resolve("postgres"));
  }

  /// Starts a server on a home folder, a new one if there is none.
  ///
  /// @param durable whether it is to survive a power cut
  public static EmbeddedServer start(Path home, int maxConnections, boolean durable) {
    TEMPLATE.copyTo(home);
    return EmbeddedServer.start(settings(home, maxConnections, durable));
  }

  private static EmbeddedSettings settings(Path home, int maxConnections, boolean durable) {
    return new EmbeddedSettings(home, home.resolve("programs"), maxConnections, durable);
  }
}
