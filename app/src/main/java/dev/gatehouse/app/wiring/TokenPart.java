package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.settings.TokenConfiguration;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.token.PostgresServerKeys;
import dev.gatehouse.resilience.clock.SharedClock;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.tokens.Tokens;
import java.security.SecureRandom;

/// The part that makes and checks tokens.
final class TokenPart {
  private TokenPart() {}

  static Tokens open(
      Configuration configuration,
      Database database,
      SharedClock clock,
      TimeOrderedIds ids,
      SecureRandom random,
      AuditLog audit,
      PeriodicTasks tasks) {
    return Tokens.open(
        TokenConfiguration.tokens(configuration),
        TokenConfiguration.secretKeys(configuration, random),
        new PostgresServerKeys(database),
        clock,
        clock::agrees,
        ids,
        random,
        audit,
        tasks);
  }
}
