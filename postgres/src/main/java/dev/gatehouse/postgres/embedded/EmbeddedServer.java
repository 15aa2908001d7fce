package dev.gatehouse.postgres.embedded;

import dev.gatehouse.postgres.DatabaseStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server that belongs to this program: it runs on a folder of its own, listens on the
/// loopback interface only, asks for a password nobody else has, and stops when this is closed.
///
/// It outlives a program that is killed. The next start on the same folder finds it, stops it and
/// begins afresh, so that its settings are always the ones asked for; a server that is not of this
/// folder is never touched nor used. Thread-safe.
public final class EmbeddedServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final String DATABASE = "gatehouse";

  /// After a kill of everything, what is left of the old server takes a moment to go.
  private static final int START_ATTEMPTS = 8;

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

  private final DirectoryLock lock;
  private final Cluster cluster;
  private final int port;
  private final String password;

  private EmbeddedServer(DirectoryLock lock, Cluster cluster, int port) throws IOException {
    this.lock = lock;
    this.cluster = cluster;
    this.port = port;
    this.password = cluster.password();
  }

  /// Starts the server, creating it at the first time.
  ///
  /// @throws DatabaseStartException when another program uses the folder, its data is of another
  ///     PostgreSQL, or the server does not start
  public static EmbeddedServer start(EmbeddedSettings settings) {
    try {
      Folders.createPrivate(settings.home());
      var lock = DirectoryLock.take(settings.home());
      try {
        return startLocked(settings, lock);
      } catch (IOException | RuntimeException failure) {
        lock.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw new DatabaseStartException(
          "the embedded PostgreSQL in %s cannot be started: %s".formatted(settings.home(), failure),
          failure);
    }
  }

  private static EmbeddedServer startLocked(EmbeddedSettings settings, DirectoryLock lock)
      throws IOException {
    var cluster = new Cluster(settings, Programs.in(settings.binaries()));
    cluster.createIfAbsent();
    stopOrphan(cluster);
    Postmaster.forgetStranger(cluster.data());
    int port = startOnSomePort(cluster, settings.home().resolve("port"));
    var server = new EmbeddedServer(lock, cluster, port);
    try {
      server.requireOurs();
      server.createDatabase();
      return server;
    } catch (SQLException failure) {
      server.stop();
      throw new DatabaseStartException(
          "the embedded PostgreSQL in %s does not let us in: %s"
              .formatted(settings.home(), failure.getMessage()),
          failure);
    }
  }

  /// JDBC address of the database to use.
  public String url() {
    return url(DATABASE);
  }

  /// JDBC address of another of its databases.
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /// The superuser, who owns everything in it.
  public String user() {
    return Cluster.SUPERUSER;
  }

  /// The superuser's password. Secret.
  public String password() {
    return password;
  }

  /// Process id of the server, if it runs.
  public Optional<Long> pid() {
    try {
      return Postmaster.of(cluster.data()).map(found -> found.process().pid());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// Stops the server; whatever is under way there is rolled back.
  @Override
  public void close() {
    try (lock) {
      stop();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void stop() throws IOException {
    if (Postmaster.of(cluster.data()).isEmpty()) {
      return;
    }
    var outcome = cluster.stop();
    if (!outcome.succeeded()) {
      LOG.warn("The embedded PostgreSQL did not stop in time: {}", outcome.output());
    }
  }

  private static void stopOrphan(Cluster cluster) throws IOException {
    var orphan = Postmaster.of(cluster.data());
    if (orphan.isEmpty()) {
      return;
    }
    LOG.warn(
        "Stopping the embedded PostgreSQL that outlived its program (process {})",
        orphan.get().process().pid());
    var outcome = cluster.stop();
    if (!outcome.succeeded() && Postmaster.of(cluster.data()).isPresent()) {
      throw new DatabaseStartException(
          "the PostgreSQL process %d still runs on %s and does not stop: %s"
              .formatted(orphan.get().process().pid(), cluster.data(), outcome.output()));
    }
  }

  private static int startOnSomePort(Cluster cluster, Path remembered) throws IOException {
    int port =
        Files.exists(remembered) ? Integer.parseInt(Files.readString(remembered).strip()) : 0;
    String reason = "";
    for (int attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
      port = freePort(port);
      var outcome = cluster.start(port);
      if (outcome.succeeded()) {
        Folders.writePrivate(remembered, Integer.toString(port));
        return port;
      }
      reason = outcome.output();
      pause();
    }
    throw new DatabaseStartException(
        "the embedded PostgreSQL does not start: %s (its log: %s)"
            .formatted(reason, cluster.log()));
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

  /// The server that answers on the port must be the one of our folder. A stranger learns nothing from
  /// the attempt: the password itself is never sent (SCRAM).
  private void requireOurs() throws SQLException, IOException {
    try (var connection = DriverManager.getConnection(url("postgres"), user(), password);
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT current_setting('data_directory')")) {
      row.next();
      Path served = Path.of(row.getString(1));
      if (!served.toRealPath().equals(cluster.data().toRealPath())) {
        throw new DatabaseStartException(
            "a PostgreSQL of another folder answers on port %d: %s".formatted(port, served));
      }
    }
  }

  private void createDatabase() throws SQLException {
    try (var connection = DriverManager.getConnection(url("postgres"), user(), password);
        var statement = connection.createStatement()) {
      boolean exists;
      try (var found =
          statement.executeQuery(
              "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(DATABASE))) {
        exists = found.next();
      }
      if (!exists) {
        statement.execute("CREATE DATABASE " + DATABASE);
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
}
