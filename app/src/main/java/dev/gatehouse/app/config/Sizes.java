package dev.gatehouse.app.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Amounts of memory written as a whole number and a unit: `512B`, `64KiB`, `2MiB`.
public final class Sizes {
  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9})(B|KiB|MiB)");
  private static final int KIBI = 1024;

  private Sizes() {}

  /// A number of bytes within bounds.
  public static SettingType<Integer> between(int least, int most) {
    String form = "a size from %s to %s (units B, KiB, MiB)".formatted(write(least), write(most));
    return SettingType.measure(form, text -> read(text, least, most, form), Sizes::write);
  }

  private static int read(String text, int least, int most, String form) throws InvalidValue {
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches()) {
      throw new InvalidValue(form);
    }
    long unit =
        switch (parts.group(2)) {
          case "KiB" -> KIBI;
          case "MiB" -> (long) KIBI * KIBI;
          default -> 1;
        };
    long bytes = Long.parseLong(parts.group(1)) * unit;
    if (bytes < least || bytes > most) {
      throw new InvalidValue(form);
    }
    return (int) bytes;
  }

  private static String write(int bytes) {
    if (bytes % (KIBI * KIBI) == 0) {
      return bytes / (KIBI * KIBI) + "MiB";
    }
    return bytes % KIBI == 0 ? bytes / KIBI + "KiB" : bytes + "B";
  }
}
