package dev.gatehouse.app.command.operator;

import dev.gatehouse.accounts.apikey.Expiry;
import dev.gatehouse.app.config.Durations;
import dev.gatehouse.app.config.InvalidValue;
import dev.gatehouse.app.config.SettingType;
import dev.gatehouse.errors.InvalidFields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import picocli.CommandLine.Option;

/// When a key stops to work: so long from now, or at a time.
public final class ExpiryOption {
  private static final SettingType<Duration> LIFE = Durations.between("1m", "3650d");

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description = "when it expires: after 1m to 3650d, or at a time such as 2030-01-31T12:00:00Z")
  private Optional<String> given = Optional.empty();

  /// The time given, or never.
  ///
  /// @throws InvalidFields when it is neither
  public Expiry read() {
    return given.map(ExpiryOption::read).orElse(Expiry.NEVER);
  }

  private static Expiry read(String text) {
    try {
      return new Expiry.After(LIFE.reader().read(text));
    } catch (InvalidValue noDuration) {
      return at(text);
    }
  }

  private static Expiry at(String text) {
    try {
      return new Expiry.At(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException neither) {
      throw InvalidFields.of(
          "--expires",
          "invalid",
          "It must be a duration from 1m to 3650d, or a time such as 2030-01-31T12:00:00Z.");
    }
  }
}
