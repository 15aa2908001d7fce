package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.administration.AdministerUser;
import dev.gatehouse.accounts.administration.SearchUsers;
import dev.gatehouse.accounts.administration.SetPassword;
import dev.gatehouse.accounts.apikey.CreateApiKey;
import dev.gatehouse.accounts.apikey.ListApiKeys;
import dev.gatehouse.accounts.apikey.RevokeApiKey;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.id.Moments;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.registration.RegisterUser;
import dev.gatehouse.accounts.registration.RegistrationListener;
import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.transfer.ExportUsers;
import dev.gatehouse.accounts.transfer.ImportUsers;
import dev.gatehouse.accounts.user.GetUser;
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
    var keys = new PostgresApiKeys(database);
    var ids = new TimeOrderedIds(clock, random);
    var moments = new Moments(clock);
    PostgresAuditLog storedAudit =
        parts.start(
            "the audit log", () -> PostgresAuditLog.start(database, System::nanoTime, tasks));
    AuditLog audit = new LoggedAuditLog().and(storedAudit);
    // Running instances learn of ended sessions from the database.
    var revocations =
        new RecentRevocations(
            TokenConfiguration.tokens(configuration).accessTtl(), System::nanoTime);
    var policy = PasswordConfiguration.policy(configuration);
    return new Operations(
        new RegisterUser(
            users,
            hashing.passwordHasher(),
            policy,
            audit,
            ids,
            moments,
            RegistrationListener.NONE),
        new GetUser(users),
        new SearchUsers(users),
        new AdministerUser(users, new PostgresSessions(database), revocations, audit, moments),
        new SetPassword(users, hashing.passwordHasher(), policy, revocations, audit, moments),
        new ImportUsers(new PostgresUserImports(database), hashes, audit, ids, moments),
        new ExportUsers(users, new PostgresUserExports(database), hashes, audit),
        new CreateApiKey(keys, audit, ids, random),
        new ListApiKeys(keys),
        new RevokeApiKey(keys, audit),
        () -> {
          try (Tokens tokens =
              TokenPart.open(configuration, database, clock, ids, random, audit, tasks)) {
            return tokens.rotateSigningKey();
          }
        });
  }
}
