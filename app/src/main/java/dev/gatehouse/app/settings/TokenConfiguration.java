package dev.gatehouse.app.settings;

import dev.gatehouse.accounts.session.SessionLifetime;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.Durations;
import dev.gatehouse.app.config.SecretKey;
import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Setting;
import dev.gatehouse.app.config.SettingTypes;
import dev.gatehouse.tokens.SecretKeys;
import dev.gatehouse.tokens.TokenSettings;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the tokens say, for how long they hold, and what seals the keys they are signed with.
public final class TokenConfiguration {
  private static final Set<String> ANY_INTERFACE = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  public static final Setting<List<SecretKey>> SECRET_KEY =
      Setting.optional(
              "SECRET_KEY",
              SecretKey.listKind(),
              "none: the embedded mode generates one in `GATEHOUSE_DATA_DIR`",
              "32 bytes in base64 that encrypt the signing keys; the same on every instance. During a rotation several, separated by commas: the first encrypts, all decrypt")
          .asSecret();
  public static final Setting<URI> ISSUER =
      Setting.derived(
          "TOKEN_ISSUER",
          SettingTypes.httpUrl(),
          "`http://HOST:PORT`, `https` with TLS",
          TokenConfiguration::ownAddress,
          "the address by which clients know this service; `iss` of every token");
  public static final Setting<String> AUDIENCE =
      Setting.of(
          "TOKEN_AUDIENCE",
          SettingTypes.visible(),
          "gatehouse",
          "audience of tokens; `aud` of every token");
  public static final Setting<Duration> ACCESS_TTL =
      Setting.of(
          "TOKEN_ACCESS_TTL", Durations.between("10s", "1d"), "5m", "lifetime of an access token");
  public static final Setting<Duration> REFRESH_IDLE_TTL =
      Setting.of(
          "TOKEN_REFRESH_IDLE_TTL",
          Durations.between("1m", "400d"),
          "30d",
          "idle lifetime of a session: it ends without a refresh within this time");
  public static final Setting<Duration> REFRESH_MAX_TTL =
      Setting.of(
          "TOKEN_REFRESH_MAX_TTL",
          Durations.between("1m", "400d"),
          "90d",
          "absolute lifetime of a session");
  public static final Setting<Duration> KEY_ROTATION =
      Setting.of(
          "TOKEN_KEY_ROTATION",
          Durations.between("1h", "400d"),
          "30d",
          "age at which the signing key is replaced");

  public static final Section SECTION =
      new Section(
          "Tokens",
          List.of(
              SECRET_KEY,
              ISSUER,
              AUDIENCE,
              ACCESS_TTL,
              REFRESH_IDLE_TTL,
              REFRESH_MAX_TTL,
              KEY_ROTATION),
          List.of(
              TokenConfiguration::secretKeyIsThere,
              configuration -> ordered(configuration, ACCESS_TTL, REFRESH_IDLE_TTL),
              configuration -> ordered(configuration, REFRESH_IDLE_TTL, REFRESH_MAX_TTL)));

  private TokenConfiguration() {}

  /// What tokens say and how long they hold.
  public static TokenSettings tokens(Configuration configuration) {
    return new TokenSettings(
        configuration.get(ISSUER).toString(),
        configuration.get(AUDIENCE),
        configuration.get(ACCESS_TTL),
        configuration.get(REFRESH_IDLE_TTL),
        configuration.get(REFRESH_MAX_TTL),
        configuration.get(KEY_ROTATION));
  }

  /// How long sessions live.
  public static SessionLifetime sessions(Configuration configuration) {
    return new SessionLifetime(
        configuration.get(REFRESH_IDLE_TTL), configuration.get(REFRESH_MAX_TTL));
  }

  /// The keys that seal, of this configuration or of the data folder.
  public static SecretKeys secretKeys(Configuration configuration, SecureRandom random) {
    return SecretKeys.parse(written(SecretKeyFile.of(configuration, random)), random);
  }

  /// The same, but no key is made where there is none.
  public static Optional<SecretKeys> existingSecretKeys(
      Configuration configuration, SecureRandom random) {
    return SecretKeyFile.existing(configuration)
        .map(keys -> SecretKeys.parse(written(keys), random));
  }

  private static String written(List<SecretKey> keys) {
    return keys.stream().map(SecretKey::written).collect(Collectors.joining(","));
  }

  private static URI ownAddress(Configuration configuration) {
    String host = configuration.get(HttpConfiguration.HOST);
    return URI.create(
        HttpConfiguration.scheme(configuration)
            + "://"
            + reachable(host)
            + ":"
            + configuration.get(HttpConfiguration.PORT));
  }

  /// A host as others can name it, also when it represents all interfaces.
  public static String reachable(String host) {
    if (isAnyInterface(host)) {
      return "localhost";
    }
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /// Whether a host to listen on represents all interfaces, and so names none.
  static boolean isAnyInterface(String host) {
    return ANY_INTERFACE.contains(host);
  }

  private static Optional<String> secretKeyIsThere(Configuration configuration) {
    boolean missing =
        configuration.find(DatabaseConfiguration.URL).isPresent()
            && configuration.find(SECRET_KEY).isEmpty();
    return missing
        ? Optional.of(
            "%s is required together with %s; make one with: openssl rand -base64 32"
                .formatted(SECRET_KEY.name(), DatabaseConfiguration.URL.name()))
        : Optional.empty();
  }

  private static Optional<String> ordered(
      Configuration configuration, Setting<Duration> shorter, Setting<Duration> longer) {
    boolean wrong = configuration.get(shorter).compareTo(configuration.get(longer)) > 0;
    return wrong
        ? Optional.of("%s must not exceed %s".formatted(shorter.name(), longer.name()))
        : Optional.empty();
  }
}
