package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Environment;
import dev.gatehouse.accounts.id.Ids;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.postgres.audit.PostgresAuditLog;
import dev.gatehouse.postgres.cleanup.AuditRetention;
import dev.gatehouse.postgres.cleanup.Cleanup;
import dev.gatehouse.postgres.cleanup.Sweeper;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.instance.ClockReadings;
import dev.gatehouse.postgres.migration.Migrations;
import dev.gatehouse.resilience.clock.SharedClock;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.telemetry.logging.LoggedAuditLog;
import dev.gatehouse.telemetry.logging.LoggedTasks;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// What every feature builds on, in a running server and in a command of the operator alike.
///
/// @param lifecycle closes what is started here, last in, first out
/// @param environment what the use cases need beside their stores
record Platform(
    Configuration configuration,
    Lifecycle lifecycle,
    DatabasePart store,
    Database database,
    SharedClock clock,
    SecureRandom random,
    PeriodicTasks tasks,
    Environment environment) {

  /// What is there before the database is.
  record Base(
      Configuration configuration,
      Lifecycle lifecycle,
      SharedClock clock,
      SecureRandom random,
      PeriodicTasks tasks,
      Ids ids) {
    static Base of(Configuration configuration, Lifecycle lifecycle, SecureRandom random) {
      var clock = SharedClock.system();
      return new Base(
          configuration,
          lifecycle,
          clock,
          random,
          new PeriodicTasks(new LoggedTasks()),
          new TimeOrderedIds(clock, random));
    }

    /// Brings the tables up to date, and learns what is in front of the database.
    DatabasePart prepared(DatabasePart store) {
      var migrations = new Migrations(store.settings());
      lifecycle.attempt("the schema", migrations::migrate);
      return store.through(lifecycle.attempt("the pooler", migrations::pooling));
    }

    Platform on(DatabasePart store, Database database) {
      PostgresAuditLog stored =
          lifecycle.start(
              "the audit log", () -> PostgresAuditLog.start(database, System::nanoTime, tasks));
      AuditLog audit = new LoggedAuditLog().and(stored);
      return new Platform(
          configuration,
          lifecycle,
          store,
          database,
          clock,
          random,
          tasks,
          new Environment(audit, ids, clock));
    }
  }

  /// Starts it for a command: without metrics, beside an instance that may be running, and with one
  /// look at the database's clock in place of a heartbeat.
  static Platform operating(Configuration configuration, Lifecycle lifecycle, SecureRandom random) {
    Base base = Base.of(configuration, lifecycle, random);
    DatabasePart store = base.prepared(DatabasePart.join(configuration, lifecycle));
    Database database =
        lifecycle.start("the pool", () -> Database.open(store.settings().forCommand()));
    lifecycle.attempt("the clock", () -> ClockReadings.observe(database, base.clock()));
    return base.on(store, database);
  }

  /// Starts something, which is closed when the program stops.
  ///
  /// @param name completes the sentence "... did not start"
  <P extends AutoCloseable> P start(String name, Callable<P> part) {
    return lifecycle.start(name, part);
  }

  /// Starts to delete what has expired.
  ///
  /// @param ofFeatures beside those of the platform itself
  void sweep(Stream<Cleanup> ofFeatures) {
    var cleanups = Stream.concat(ofFeatures, Stream.of(AuditRetention.STANDARD)).toList();
    start("the sweeper", () -> Sweeper.start(database, cleanups, clock, tasks));
  }

  AuditLog audit() {
    return environment.audit();
  }

  Ids ids() {
    return environment.ids();
  }
}
