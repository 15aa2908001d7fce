package dev.gatehouse.app.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations written as a whole number and a unit: `250ms`, `5s`, `30m`, `12h`, `30d`.
public final class Durations {
  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /// A duration within bounds, both given as they are written.
  public static SettingType<Duration> between(String least, String most) {
    String form = "a duration from %s to %s (units ms, s, m, h, d)".formatted(least, most);
    Duration from = bound(least);
    Duration to = bound(most);
    return SettingType.measure(form, text -> readWithin(text, from, to, form), Durations::write);
  }

  private static Duration bound(String written) {
    try {
      return read(written, written);
    } catch (InvalidValue mistake) {
      throw new IllegalArgumentException(written, mistake);
    }
  }

  private static Duration readWithin(String text, Duration from, Duration to, String form)
      throws InvalidValue {
    Duration value = read(text, form);
    if (value.compareTo(from) < 0 || value.compareTo(to) > 0) {
      throw new InvalidValue(form);
    }
    return value;
  }

  private static Duration read(String text, String form) throws InvalidValue {
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches()) {
      throw new InvalidValue(form);
    }
    long amount = Long.parseLong(parts.group(1));
    Unit unit = Unit.valueOf(parts.group(2).toUpperCase(Locale.ROOT));
    return Duration.ofMillis(amount * unit.millis);
  }

  private static String write(Duration value) {
    long millis = value.toMillis();
    if (millis == 0) {
      return "0s";
    }
    for (Unit unit : Unit.values()) {
      if (millis % unit.millis == 0) {
        return millis / unit.millis + unit.name().toLowerCase(Locale.ROOT);
      }
    }
    return millis + "ms";
  }

  private enum Unit {
    D(86_400_000),
    H(3_600_000),
    M(60_000),
    S(1_000),
    MS(1);

    private final long millis;

    Unit(long millis) {
      this.millis = millis;
    }
  }
}
