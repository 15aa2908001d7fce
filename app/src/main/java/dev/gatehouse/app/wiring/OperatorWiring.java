package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.administration.AdministrationUseCases;
import dev.gatehouse.accounts.apikey.ApiKeyUseCases;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Environment;
import dev.gatehouse.accounts.id.Moments;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.registration.RegistrationListener;
import dev.gatehouse.accounts.registration.RegistrationUseCases;
import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.transfer.TransferUseCases;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Parts;
import dev.gatehouse.app.settings.PasswordConfiguration;
import dev.gatehouse.app.settings.TokenConfiguration;
import dev.gatehouse.hashing.Hashing;
import dev.gatehouse.hashing.HashingListener;
import dev.gatehouse.hashing.ImportedHashes;
import dev.gatehouse.postgres.apikey.PostgresApiKeys;
import dev.gatehouse.postgres.audit.PostgresAuditLog;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.instance.ClockReadings;
import dev.gatehouse.postgres.migration.Migrations;
import dev.gatehouse.postgres.session.PostgresSessions;
import dev.gatehouse.postgres.transfer.PostgresUserExports;
import dev.gatehouse.postgres.transfer.PostgresUserImports;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.resilience.clock.SharedClock;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.telemetry.logging.LoggedAuditLog;
import dev.gatehouse.telemetry.logging.LoggedTasks;
import dev.gatehouse.tokens.Tokens;
import java.security.SecureRandom;

/// The inventory of the operator's commands: the same parts as an instance's, without those that
/// serve.
final class OperatorWiring {
  private final SecureRandom random;
  private final PeriodicTasks tasks = new PeriodicTasks(new LoggedTasks());

  OperatorWiring(SecureRandom random) {
    this.random = random;
  }

  /// Starts what the commands need, on the same database as an instance that may be running
  /// meanwhile.
  Operations start(Configuration configuration, Parts parts) {
    DatabasePart store = DatabasePart.join(configuration, parts);
    parts.attempt("the schema", () -> new Migrations(store.settings()).migrate());
    Database database = parts.start("the pool", () -> Database.open(store.settings()));
    var clock = SharedClock.system();
    parts.attempt("the clock", () -> ClockReadings.observe(database, clock));
    Hashing hashing =
        parts.start(
            "hashing",
            () ->
                Hashing.start(PasswordConfiguration.hashing(configuration), HashingListener.NONE));
    var users = new PostgresUsers(database);
    var hashes = new ImportedHashes(PasswordConfiguration.hashing(configuration).parameters());
    var ids = new TimeOrderedIds(clock, random);
    PostgresAuditLog storedAudit =
        parts.start(
            "the audit log", () -> PostgresAuditLog.start(database, System::nanoTime, tasks));
    AuditLog audit = new LoggedAuditLog().and(storedAudit);
    // Running instances learn of ended sessions from the database.
    var revocations =
        new RecentRevocations(
            TokenConfiguration.tokens(configuration).accessTtl(), System::nanoTime);
    var environment = new Environment(audit, ids, new Moments(clock));
    var passwords =
        new Passwords(hashing.passwordHasher(), PasswordConfiguration.policy(configuration));
    return new Operations(
        RegistrationUseCases.register(users, passwords, environment, RegistrationListener.NONE),
        AdministrationUseCases.over(
            users, new PostgresSessions(database), passwords, revocations, environment),
        TransferUseCases.over(
            users,
            new PostgresUserImports(database),
            new PostgresUserExports(database),
            hashes,
            environment),
        ApiKeyUseCases.over(new PostgresApiKeys(database), environment, random),
        () -> {
          try (Tokens tokens =
              TokenPart.open(configuration, database, clock, ids, random, audit, tasks)) {
            return tokens.rotateSigningKey();
          }
        });
  }
}
