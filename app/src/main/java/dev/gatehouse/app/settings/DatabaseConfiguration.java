package dev.gatehouse.app.settings;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.DatabaseUrl;
import dev.gatehouse.app.config.Durations;
import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Setting;
import dev.gatehouse.app.config.SettingTypes;
import dev.gatehouse.postgres.database.PostgresSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where the data is, and how many connections lead there.
public final class DatabaseConfiguration {
  public static final Setting<DatabaseUrl> URL =
      Setting.optional(
          "DATABASE_URL",
          DatabaseUrl.kind(),
          "none: embedded PostgreSQL under `GATEHOUSE_DATA_DIR`",
          "address of PostgreSQL: `postgresql://host:5432/name`, options as for libpq or JDBC");
  public static final Setting<String> USER =
      Setting.optional(
          "DATABASE_USER",
          SettingTypes.text(),
          "none: as in the URL",
          "user of PostgreSQL; overrides the name in the URL");
  public static final Setting<String> PASSWORD =
      Setting.optional(
              "DATABASE_PASSWORD",
              SettingTypes.text(),
              "none: as in the URL",
              "password of PostgreSQL; overrides the one in the URL")
          .asSecret();
  public static final Setting<Integer> MAX_OPEN =
      Setting.of(
          "DATABASE_MAX_OPEN",
          SettingTypes.number(1, 1000),
          "10",
          "largest number of open connections");
  public static final Setting<Integer> MIN_IDLE =
      Setting.of(
          "DATABASE_MIN_IDLE",
          SettingTypes.number(0, 1000),
          "2",
          "idle connections that are kept open");
  public static final Setting<Duration> MAX_LIFETIME =
      Setting.of(
          "DATABASE_MAX_LIFETIME",
          Durations.between("30s", "1d"),
          "30m",
          "age at which a connection is replaced");
  public static final Setting<Duration> ACQUIRE_TIMEOUT =
      Setting.of(
          "DATABASE_ACQUIRE_TIMEOUT",
          Durations.between("10ms", "30s"),
          "250ms",
          "longest wait of a request for a connection; then the response is 503");
  public static final Setting<Duration> STATEMENT_TIMEOUT =
      Setting.of(
          "DATABASE_STATEMENT_TIMEOUT",
          Durations.between("100ms", "10m"),
          "5s",
          "timeout for a statement");
  public static final Setting<Duration> LEAK_THRESHOLD =
      Setting.of(
          "DATABASE_LEAK_THRESHOLD",
          Durations.between("2s", "1h"),
          "10s",
          "a connection in use for longer is logged");
  public static final Setting<DatabaseUrl> REPLICA_URL =
      Setting.optional(
          "DATABASE_REPLICA_URL",
          DatabaseUrl.kind(),
          "none: all reads use the primary",
          "a streaming standby for searches of users; same user, password and pool size");
  public static final Setting<Duration> REPLICA_MAX_LAG =
      Setting.of(
          "DATABASE_REPLICA_MAX_LAG",
          Durations.between("100ms", "1h"),
          "1s",
          "largest lag of the standby; beyond it the primary is used");
  public static final Setting<Path> DATA_DIR =
      Setting.of(
          "DATA_DIR",
          SettingTypes.path(),
          "./data",
          "folder of the embedded PostgreSQL and of its secret key");

  public static final Section SECTION =
      new Section(
          "Database",
          List.of(
              URL,
              USER,
              PASSWORD,
              MAX_OPEN,
              MIN_IDLE,
              MAX_LIFETIME,
              ACQUIRE_TIMEOUT,
              STATEMENT_TIMEOUT,
              LEAK_THRESHOLD,
              REPLICA_URL,
              REPLICA_MAX_LAG,
              DATA_DIR),
          List.of(
              DatabaseConfiguration::idleFitsOpen,
              configuration -> needsUrl(configuration, USER),
              configuration -> needsUrl(configuration, PASSWORD),
              configuration -> needsUrl(configuration, REPLICA_URL)));

  private DatabaseConfiguration() {}

  /// How the database at an address is used.
  public static PostgresSettings postgres(
      Configuration configuration, String url, String user, String password) {
    return new PostgresSettings(
        url,
        user,
        password,
        configuration.get(MAX_OPEN),
        configuration.get(MIN_IDLE),
        configuration.get(MAX_LIFETIME),
        configuration.get(ACQUIRE_TIMEOUT),
        configuration.get(STATEMENT_TIMEOUT),
        configuration.get(LEAK_THRESHOLD));
  }

  /// How the configured database is used, signing in as configured.
  public static PostgresSettings external(Configuration configuration, DatabaseUrl url) {
    String user = configuration.find(USER).or(url::user).orElse("postgres");
    String password = configuration.find(PASSWORD).or(url::password).orElse("");
    return postgres(configuration, url.jdbc(), user, password);
  }

  /// How the primary's standby is used, where there is one.
  public static Optional<PostgresSettings> standby(
      Configuration configuration, PostgresSettings primary) {
    return configuration
        .find(REPLICA_URL)
        .map(
            url ->
                postgres(
                    configuration,
                    url.jdbc(),
                    configuration.find(USER).or(url::user).orElse(primary.user()),
                    configuration.find(PASSWORD).or(url::password).orElse(primary.password())));
  }

  private static Optional<String> idleFitsOpen(Configuration configuration) {
    int idle = configuration.get(MIN_IDLE);
    int open = configuration.get(MAX_OPEN);
    return idle > open
        ? Optional.of(
            "%s (%d) must not exceed %s (%d)"
                .formatted(MIN_IDLE.name(), idle, MAX_OPEN.name(), open))
        : Optional.empty();
  }

  private static Optional<String> needsUrl(Configuration configuration, Setting<?> setting) {
    boolean idle = configuration.isSet(setting) && configuration.find(URL).isEmpty();
    return idle
        ? Optional.of("%s has no meaning without %s".formatted(setting.name(), URL.name()))
        : Optional.empty();
  }
}
