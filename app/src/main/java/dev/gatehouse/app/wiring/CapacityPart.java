package dev.gatehouse.app.wiring;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.settings.DatabaseConfiguration;
import dev.gatehouse.app.settings.PasswordConfiguration;
import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.hashing.HashRate;
import dev.gatehouse.hashing.HashingSettings;
import dev.gatehouse.postgres.database.ConnectionBudget;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.PostgresSettings;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures what an instance on this machine carries, without starting one: neither is a database
/// begun where none is configured.
final class CapacityPart {
  private static final Logger log = LoggerFactory.getLogger(CapacityPart.class);
  private static final Duration MEASURED = Duration.ofSeconds(3);

  private CapacityPart() {}

  static Capacity measure(Configuration configuration, Lifecycle lifecycle) {
    Optional<PostgresSettings> settings =
        configuration
            .find(DatabaseConfiguration.URL)
            .map(url -> DatabaseConfiguration.external(configuration, url));
    // The pool connects while hashes are made.
    Optional<Database> database =
        settings.map(server -> lifecycle.start("the pool", () -> Database.open(server)));
    HashingSettings hashing = PasswordConfiguration.hashing(configuration);
    HashRate rate =
        lifecycle.attempt(
            "the measurement",
            () -> HashRate.measure(hashing.parameters(), hashing.workers(), MEASURED));
    return new Capacity(
        hashing.parameters(),
        rate,
        ConnectionBudget.each(configuration.get(DatabaseConfiguration.MAX_OPEN)),
        database.flatMap(pool -> budget(pool, settings.orElseThrow())));
  }

  private static Optional<ConnectionBudget> budget(Database database, PostgresSettings settings) {
    try {
      return Optional.of(ConnectionBudget.of(database, settings, 1));
    } catch (GatehouseException away) {
      log.warn("PostgreSQL at {} cannot be asked: {}", settings.address(), away.getMessage());
      return Optional.empty();
    }
  }
}
