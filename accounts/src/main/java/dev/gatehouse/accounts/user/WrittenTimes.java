package dev.gatehouse.accounts.user;

import dev.gatehouse.errors.InvalidFields;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads when an account was made, as RFC 3339 writes it and as PostgreSQL does, such as
/// `2020-01-02 03:04:05.123456+05:30`.
public final class WrittenTimes {
  private static final Pattern WITHOUT_OFFSET =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9]{2}:[0-9]{2}[0-9:.]*)?");
  private static final Pattern BETWEEN_DATE_AND_TIME = Pattern.compile("(?<=^[0-9-]{10}) ");
  private static final Pattern BEFORE_OFFSET = Pattern.compile(" (?=[+Z-])");
  private static final Pattern SHORT_OFFSET = Pattern.compile("(?<=[+-][0-9]{2})(?=[0-9]{2}$)");
  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .parseLenient()
          .appendOffset("+HH:mm:ss", "Z")
          .toFormatter(Locale.ROOT);

  private WrittenTimes() {}

  /// The time, in microseconds.
  ///
  /// @throws InvalidFields when it is none, or before 1970 or after now, for the field `created_at`
  public static Instant read(String text, Instant now) {
    String written = text.strip();
    if (WITHOUT_OFFSET.matcher(written).matches()) {
      throw invalid(
          "It has no offset from UTC: write 2026-01-31T12:00:00Z or 2026-01-31 12:00:00+00.");
    }
    Instant time = parsed(written).truncatedTo(ChronoUnit.MICROS);
    if (time.isBefore(Instant.EPOCH)) {
      throw invalid("It is before 1970.");
    }
    if (time.isAfter(now)) {
      throw invalid("It is in the future.");
    }
    return time;
  }

  private static Instant parsed(String written) {
    String upper = written.toUpperCase(Locale.ROOT).replaceFirst(" ?(?:UTC|GMT)$", "Z");
    String dateAndTime = BETWEEN_DATE_AND_TIME.matcher(upper).replaceFirst("T");
    String joined = BEFORE_OFFSET.matcher(dateAndTime).replaceFirst("");
    String whole = SHORT_OFFSET.matcher(joined).replaceFirst(":");
    try {
      return OffsetDateTime.parse(whole, FORM).toInstant();
    } catch (DateTimeException notATime) {
      throw invalid(
          "It is not a time, such as 2026-01-31T12:00:00Z or 2026-01-31 12:00:00.123456+00.");
    }
  }

  private static InvalidFields invalid(String message) {
    return InvalidFields.of("created_at", "invalid", message);
  }
}
