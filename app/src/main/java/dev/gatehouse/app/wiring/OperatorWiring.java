package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.registration.RegistrationListener;
import dev.gatehouse.accounts.registration.RegistrationUseCases;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.postgres.database.DatabaseEpoch;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.tokens.Tokens;
import java.security.SecureRandom;

/// The inventory of the operator's commands: the same parts as an instance's, without those that
/// serve.
final class OperatorWiring {
  private OperatorWiring() {}

  private static long accept(Platform platform) {
    long epoch = DatabaseEpoch.raise(platform.database());
    var kind = AuditEvent.Kind.DATABASE_ACCEPTED;
    String subject = "epoch " + epoch;
    platform.audit().record(new AuditEvent(kind, Actor.OPERATOR.name(), subject, Origin.COMMAND));
    return epoch;
  }

  /// Starts what the commands need, on the same database as an instance that may be running
  /// meanwhile.
  static Operations start(Configuration configuration, Lifecycle lifecycle, SecureRandom random) {
    Platform platform = Platform.operating(configuration, lifecycle, random);
    var users = new PostgresUsers(platform.database());
    var passwords = PasswordPart.operating(platform);
    var sessions = SessionPart.operating(platform);
    return new Operations(
        RegistrationUseCases.register(
            users, passwords, platform.environment(), RegistrationListener.NONE),
        AdministrationPart.useCases(platform, users, passwords, sessions),
        TransferPart.operating(platform, users),
        ApiKeyPart.operating(platform),
        () -> {
          try (Tokens tokens = TokenPart.open(platform)) {
            return tokens.rotateSigningKey();
          }
        },
        () -> accept(platform));
  }
}
