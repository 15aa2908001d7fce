package dev.gatehouse.postgres.embedded;

import java.nio.file.Path;

/// Where and how an embedded server runs.
///
/// @param home the folder that holds all of it: cluster, password, port, log
/// @param binaries the folder the server's programs are unpacked into; may be shared
/// @param maxConnections the most connections the server accepts
/// @param durable whether what was committed survives a crash of the machine; false is for tests
///     and the demo, which keep nothing
public record EmbeddedSettings(Path home, Path binaries, int maxConnections, boolean durable) {
  private static final int SPARE_CONNECTIONS = 20;

  public EmbeddedSettings {
    home = home.toAbsolutePath().normalize();
    binaries = binaries.toAbsolutePath().normalize();
  }

  /// A durable server under the program's data folder, for a pool of this size.
  public static EmbeddedSettings under(Path dataDirectory, int pool) {
    Path home = dataDirectory.resolve("postgres");
    return new EmbeddedSettings(home, home.resolve("programs"), pool + SPARE_CONNECTIONS, true);
  }

  /// The same, but nothing needs to survive a crash of the machine: it starts and stops sooner.
  public EmbeddedSettings temporary() {
    return new EmbeddedSettings(home, binaries, maxConnections, false);
  }
}
