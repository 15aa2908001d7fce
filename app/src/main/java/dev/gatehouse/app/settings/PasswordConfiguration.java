package dev.gatehouse.app.settings;

import dev.gatehouse.accounts.user.CommonPasswords;
import dev.gatehouse.accounts.user.PasswordPolicy;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.Durations;
import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Setting;
import dev.gatehouse.app.config.SettingTypes;
import dev.gatehouse.hashing.HashingSettings;
import dev.gatehouse.hashing.PasswordsWhenAsked;
import dev.gatehouse.hashing.argon2.HashParameters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which passwords are accepted, what a hash costs, and how many are made at once.
public final class PasswordConfiguration {

  public static final Setting<Integer> MEMORY_KIB =
      Setting.of(
          "HASH_MEMORY_KIB",
          SettingTypes.number(1024, 4_194_304),
          "19456",
          "Argon2id: memory of one hash, in KiB");
  public static final Setting<Integer> ITERATIONS =
      Setting.of(
          "HASH_ITERATIONS", SettingTypes.number(1, 100), "2", "Argon2id: passes over the memory");
  public static final Setting<Integer> PARALLELISM =
      Setting.of("HASH_PARALLELISM", SettingTypes.number(1, 16), "1", "Argon2id: lanes");
  public static final Setting<Integer> WORKERS =
      Setting.derived(
          "HASH_WORKERS",
          SettingTypes.number(1, 1024),
          "number of processors",
          _ -> Runtime.getRuntime().availableProcessors(),
          "concurrent hashes; each uses a processor and its memory");
  public static final Setting<Duration> MAX_WAIT =
      Setting.of(
          "HASH_MAX_WAIT",
          Durations.between("50ms", "1m"),
          "1s",
          "longest wait for a hash; a request that would wait longer is rejected at once with 503");
  public static final Setting<Integer> MIN_LENGTH =
      Setting.of(
          "PASSWORD_MIN_LENGTH",
          SettingTypes.number(1, 256),
          "8",
          "smallest number of characters of a new password");
  public static final Setting<Boolean> BLOCKLIST =
      Setting.of("PASSWORD_BLOCKLIST", SettingTypes.onOff(), "on", "reject common passwords");

  public static final Section SECTION =
      new Section(
          "Passwords",
          List.of(MEMORY_KIB, ITERATIONS, PARALLELISM, WORKERS, MAX_WAIT, MIN_LENGTH, BLOCKLIST),
          List.of(PasswordConfiguration::waitFitsRequest));

  private PasswordConfiguration() {}

  /// What a hash costs and how many are made at once.
  public static HashingSettings hashing(Configuration configuration) {
    var parameters =
        new HashParameters(
            configuration.get(MEMORY_KIB),
            configuration.get(ITERATIONS),
            configuration.get(PARALLELISM));
    return new HashingSettings(parameters, configuration.get(WORKERS), configuration.get(MAX_WAIT));
  }

  /// Which new passwords are accepted.
  public static PasswordPolicy policy(Configuration configuration) {
    int minLength = configuration.get(MIN_LENGTH);
    CommonPasswords common =
        configuration.get(BLOCKLIST) ? new PasswordsWhenAsked(minLength) : CommonPasswords.NONE;
    return new PasswordPolicy(minLength, common);
  }

  private static Optional<String> waitFitsRequest(Configuration configuration) {
    Duration request = configuration.get(HttpConfiguration.REQUEST_TIMEOUT);
    return configuration.get(MAX_WAIT).compareTo(request) > 0
        ? Optional.of(
            "%s must not exceed %s"
                .formatted(MAX_WAIT.name(), HttpConfiguration.REQUEST_TIMEOUT.name()))
        : Optional.empty();
  }
}
