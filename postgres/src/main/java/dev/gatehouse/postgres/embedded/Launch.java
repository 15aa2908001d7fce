package dev.gatehouse.postgres.embedded;

import dev.gatehouse.postgres.database.DatabaseStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Starts a cluster's server, as often as it takes within bounds: after a kill of everything, what
/// is left of the old server needs a moment to go, and a port found free may be taken before it is
/// used.
final class Launch {
  private static final int ATTEMPTS = 8;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

  private Launch() {}

  /// What keeps the port from start to start.
  static Path portFile(Path home) {
    return home.resolve("port");
  }

  /// Starts on the port of the last time, or on another when that is taken.
  ///
  /// @param remembered the file that keeps the port
  /// @return the port
  static int onSomePort(Cluster cluster, Path remembered) throws IOException {
    int port =
        Files.exists(remembered) ? Integer.parseInt(Files.readString(remembered).strip()) : 0;
    String reason = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      port = freePort(port);
      var outcome = start(cluster, port);
      if (outcome.succeeded()) {
        Folders.writePrivate(remembered, Integer.toString(port));
        return port;
      }
      reason = outcome.output();
      pause();
    }
    throw failed(cluster, reason);
  }

  /// Starts on this very port.
  static void onPort(Cluster cluster, int port) throws IOException {
    String reason = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var outcome = start(cluster, port);
      if (outcome.succeeded()) {
        return;
      }
      reason = outcome.output();
      pause();
    }
    throw failed(cluster, reason);
  }

  private static Command.Outcome start(Cluster cluster, int port) throws IOException {
    Postmaster.forgetStranger(cluster.data());
    return cluster.start(port);
  }

  /// The preferred port if it is free, otherwise another one.
  private static int freePort(int preferred) throws IOException {
    var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (var socket = new ServerSocket(preferred, 1, loopback)) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      try (var socket = new ServerSocket(0, 1, loopback)) {
        return socket.getLocalPort();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_ATTEMPTS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new DatabaseStartException(
          "interrupted while starting the embedded PostgreSQL", stopped);
    }
  }

  private static DatabaseStartException failed(Cluster cluster, String reason) {
    return new DatabaseStartException(
        "the embedded PostgreSQL does not start: %s (its log: %s)"
            .formatted(reason, cluster.log()));
  }
}
