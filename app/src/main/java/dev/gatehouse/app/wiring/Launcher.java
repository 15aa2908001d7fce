package dev.gatehouse.app.wiring;

import dev.gatehouse.api.health.Readiness;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.postgres.backup.DatabaseBackup;
import dev.gatehouse.postgres.backup.DatabaseRestore;
import dev.gatehouse.postgres.backup.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// What the commands start. Each part that is started is registered with [Lifecycle], in order.
public interface Launcher {
  /// Starts an API instance. Returns when it serves requests.
  ///
  /// @param readiness gets the checks `/ready` needs, and is what the listeners ask
  /// @throws dev.gatehouse.app.lifecycle.StartFailure when a part does not start; what was started
  ///     before stays registered
  Addresses serve(Configuration configuration, Lifecycle lifecycle, Readiness readiness);

  /// Starts a gateway. Returns when it passes requests on.
  ///
  /// @param readiness gets the checks `/ready` needs, and is what the listeners ask
  /// @throws dev.gatehouse.app.lifecycle.StartFailure when a part does not start; what was started
  ///     before stays registered
  EdgeAddresses gateway(Configuration configuration, Lifecycle lifecycle, Readiness readiness);

  /// Starts a cluster on this machine: instances and a gateway as their own processes.
  ///
  /// @return what a person is told
  /// @throws dev.gatehouse.app.lifecycle.StartFailure when a part does not start; what was started
  ///     before stays registered
  String demo(Lifecycle lifecycle);

  /// Brings the tables up to date, or only looks.
  ///
  /// @return how many migrations were applied, or would have to be
  int migrate(Configuration configuration, Lifecycle lifecycle, boolean onlyCheck);

  /// Waits until the database responds and its tables are as this program needs them.
  ///
  /// @throws RuntimeException with what was missing when the time is over
  void awaitSchema(Configuration configuration, Lifecycle lifecycle, Duration atMost);

  /// Makes ready what operators do, on the same database as an instance that may be running
  /// meanwhile.
  Operations operate(Configuration configuration, Lifecycle lifecycle);

  /// Writes the database to a file.
  DatabaseBackup.Written backup(
      Configuration configuration, Lifecycle lifecycle, Path file, Progress progress)
      throws IOException;

  /// Puts a file that a backup wrote into the database.
  DatabaseRestore.Restored restore(
      Configuration configuration,
      Lifecycle lifecycle,
      Path file,
      DatabaseRestore.Options options,
      Progress progress)
      throws IOException;

  /// Measures what an instance on this machine carries.
  Capacity capacity(Configuration configuration, Lifecycle lifecycle);

  /// Where a running instance is found.
  ///
  /// @param api `http://host:port`, `https` with TLS
  /// @param management `http://host:port`
  /// @param data where the data is, as text, without secrets
  record Addresses(String api, String management, String data) {}

  /// Where a running gateway is found.
  ///
  /// @param gateway `http://host:port`, `https` with TLS
  /// @param management `http://host:port`
  /// @param instances where it learns of instances, as text
  record EdgeAddresses(String gateway, String management, String instances) {}
}
