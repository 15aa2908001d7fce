package dev.gatehouse.postgres.embedded;

import dev.gatehouse.postgres.database.DatabaseStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// An embedded server that another program has started and keeps: to be used, not to be stopped.
/// Anyone who can read the folder's private files may use it. A stranger on its port would learn
/// nothing from the attempt: the password itself is never sent (SCRAM).
///
/// @param url JDBC address of the database to use
/// @param user the superuser
/// @param password the superuser's password; secret
public record RunningServer(String url, String user, String password) {
  /// The server of a folder, if another program runs one there.
  ///
  /// @throws DatabaseStartException when that program has only begun to start, or its files cannot
  ///     be read
  public static Optional<RunningServer> on(EmbeddedSettings settings) {
    Path home = settings.home();
    try {
      if (!Files.isDirectory(home) || !DirectoryLock.isHeld(home)) {
        return Optional.empty();
      }
      String port = Files.readString(Launch.portFile(home)).strip();
      String password = Files.readString(Cluster.passwordFile(home)).strip();
      return Optional.of(
          new RunningServer(
              EmbeddedServer.url(Integer.parseInt(port)), Cluster.SUPERUSER, password));
    } catch (IOException unreadable) {
      throw new DatabaseStartException(
          "another Gatehouse uses the data folder %s, but its PostgreSQL cannot be found yet: %s"
              .formatted(home, unreadable),
          unreadable);
    }
  }

  @Override
  public String toString() {
    return "RunningServer[" + url + "]";
  }
}
