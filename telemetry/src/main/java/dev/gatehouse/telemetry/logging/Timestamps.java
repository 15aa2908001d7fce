package dev.gatehouse.telemetry.logging;

import java.time.Instant;

/// Formats instants as RFC 3339 in UTC with microseconds. Keeps the text of the last second, which
/// most instants share. For one thread.
final class Timestamps {
  private static final int NANOS_PER_MICRO = 1_000;

  private long second = Long.MIN_VALUE;
  private String text = "";

  void append(Instant moment, LineBuffer line) {
    if (moment.getEpochSecond() != second) {
      second = moment.getEpochSecond();
      String whole = Instant.ofEpochSecond(second).toString();
      text = whole.substring(0, whole.length() - 1) + '.';
    }
    line.ascii(text).digits(moment.getNano() / NANOS_PER_MICRO, 6).append('Z');
  }
}
