package dev.gatehouse.postgres.embedded;

import dev.gatehouse.postgres.database.DatabaseStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server that belongs to this program: it runs on its own folder, listens on the
/// loopback interface only, asks for a password no one else has, and stops when this is closed.
///
/// It outlives a program that is killed. The next start on the same folder finds it, stops it and
/// begins afresh, so that its settings are always the ones asked for; a server that is not of this
/// folder is never touched nor used. A server that dies under a living program is started again, on
/// the same port. Thread-safe.
public final class EmbeddedServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final String DATABASE = "gatehouse";

  /// Anyone who kills the server again and again means it.
  private static final int MAX_REVIVALS = 5;

  private final DirectoryLock lock;
  private final Cluster cluster;
  private final int port;
  private final String password;
  private int revivals;
  private boolean closed;

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
      Programs.requireCarried();
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
    int port = Launch.onSomePort(cluster, Launch.portFile(settings.home()));
    var server = new EmbeddedServer(lock, cluster, port);
    try {
      server.requireOurs();
      server.createDatabase();
      server.watch();
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
    return url(port);
  }

  static String url(int port) {
    return url(port, DATABASE);
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /// JDBC address of another of its databases.
  public String url(String database) {
    return url(port, database);
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
  public synchronized void close() {
    closed = true;
    try (lock) {
      stop();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void watch() throws IOException {
    var process = Postmaster.of(cluster.data()).map(Postmaster::process);
    Thread.ofVirtual()
        .name("watch-postgres")
        .start(
            () -> {
              process.ifPresent(server -> server.onExit().join());
              revive();
            });
  }

  private synchronized void revive() {
    if (closed) {
      return;
    }
    revivals++;
    if (revivals > MAX_REVIVALS) {
      log.error("The embedded PostgreSQL died {} times; it stays down", revivals);
      return;
    }
    log.warn("The embedded PostgreSQL died; starting it again");
    try {
      Launch.onPort(cluster, port);
      watch();
    } catch (IOException | DatabaseStartException failure) {
      log.error("The embedded PostgreSQL died and does not start again", failure);
    }
  }

  private void stop() throws IOException {
    if (Postmaster.of(cluster.data()).isEmpty()) {
      return;
    }
    var outcome = cluster.stop();
    if (!outcome.succeeded()) {
      log.warn("The embedded PostgreSQL did not stop in time: {}", outcome.output());
    }
  }

  private static void stopOrphan(Cluster cluster) throws IOException {
    var orphan = Postmaster.of(cluster.data());
    if (orphan.isEmpty()) {
      return;
    }
    log.warn(
        "Stopping the embedded PostgreSQL that outlived its program (process {})",
        orphan.get().process().pid());
    var outcome = cluster.stop();
    if (!outcome.succeeded() && Postmaster.of(cluster.data()).isPresent()) {
      throw new DatabaseStartException(
          "the PostgreSQL process %d still runs on %s and does not stop: %s"
              .formatted(orphan.get().process().pid(), cluster.data(), outcome.output()));
    }
  }

  /// The server that responds on the port must be the one of our folder. A stranger learns nothing
  /// from the attempt: the password itself is never sent (SCRAM).
  private void requireOurs() throws SQLException, IOException {
    try (var connection = DriverManager.getConnection(url("postgres"), user(), password);
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT current_setting('data_directory')")) {
      row.next();
      Path served = Path.of(row.getString(1));
      if (!served.toRealPath().equals(cluster.data().toRealPath())) {
        throw new DatabaseStartException(
            "a PostgreSQL of another folder responds on port %d: %s".formatted(port, served));
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
}
