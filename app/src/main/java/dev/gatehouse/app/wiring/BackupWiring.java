package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.token.ServerKey;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.settings.TokenConfiguration;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.postgres.audit.PostgresAuditLog;
import dev.gatehouse.postgres.backup.Archive;
import dev.gatehouse.postgres.backup.DatabaseBackup;
import dev.gatehouse.postgres.backup.DatabaseRestore;
import dev.gatehouse.postgres.backup.Progress;
import dev.gatehouse.postgres.backup.StoredServerKeys;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.PostgresSettings;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.telemetry.logging.LoggedAuditLog;
import dev.gatehouse.telemetry.logging.LoggedTasks;
import dev.gatehouse.tokens.SecretKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// What backups and restores need: the database, the configured one or the embedded one, which an
/// instance may be using, and the secret key to try on what is restored.
final class BackupWiring {
  private final SecureRandom random;
  private final PeriodicTasks tasks = new PeriodicTasks(new LoggedTasks());

  BackupWiring(SecureRandom random) {
    this.random = random;
  }

  DatabaseBackup.Written backup(
      Configuration configuration, Lifecycle lifecycle, Path file, Progress progress)
      throws IOException {
    PostgresSettings settings = settings(configuration, lifecycle);
    DatabaseBackup.Written written = new DatabaseBackup(settings).write(file, progress);
    record(AuditEvent.Kind.BACKUP_WRITTEN, file, settings, lifecycle);
    return written;
  }

  /// The file and the key are tried first: with a wrong one not even a database is started.
  DatabaseRestore.Restored restore(
      Configuration configuration,
      Lifecycle lifecycle,
      Path file,
      DatabaseRestore.Options options,
      Progress progress)
      throws IOException {
    try (Archive archive = Archive.open(file)) {
      if (!options.withoutServerKeys()) {
        requireKey(configuration, StoredServerKeys.in(archive));
      }
      PostgresSettings settings = settings(configuration, lifecycle);
      DatabaseRestore.Restored restored =
          new DatabaseRestore(settings).run(archive, options, progress);
      record(AuditEvent.Kind.BACKUP_RESTORED, file, settings, lifecycle);
      return restored;
    }
  }

  /// The event is stored when the parts are closed.
  private void record(
      AuditEvent.Kind kind, Path file, PostgresSettings settings, Lifecycle lifecycle) {
    Database database = lifecycle.start("the pool", () -> Database.open(settings.forCommand()));
    PostgresAuditLog stored =
        lifecycle.start(
            "the audit log", () -> PostgresAuditLog.start(database, System::nanoTime, tasks));
    String subject = String.valueOf(file.getFileName());
    new LoggedAuditLog()
        .and(stored)
        .record(new AuditEvent(kind, Actor.OPERATOR.name(), subject, Origin.COMMAND));
  }

  private static PostgresSettings settings(Configuration configuration, Lifecycle lifecycle) {
    return DatabasePart.join(configuration, lifecycle).settings();
  }

  private void requireKey(Configuration configuration, List<ServerKey> stored) {
    Optional<SecretKeys> secrets = TokenConfiguration.existingSecretKeys(configuration, random);
    long closed =
        stored.stream()
            .filter(key -> secrets.stream().noneMatch(secret -> secret.opens(key)))
            .count();
    if (closed > 0) {
      throw new Refusal(
          ErrorCode.INVALID_FIELDS,
          "%s %d of the %d server keys in the backup: set GATEHOUSE_SECRET_KEY (or secret.key in the data folder) to the key of the installation that was backed up, or give up its server keys and sessions by --without-server-keys; nothing was changed"
              .formatted(
                  secrets.isPresent()
                      ? "the secret key does not open"
                      : "there is no secret key, which is needed to open",
                  closed,
                  stored.size()));
    }
  }
}
