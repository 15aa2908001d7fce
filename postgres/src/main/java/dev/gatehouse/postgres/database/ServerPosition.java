package dev.gatehouse.postgres.database;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a server is in the history of its database. Immutable.
///
/// @param system the identifier of the cluster, which copies of its files share
/// @param epoch raised when a database is restored, or an operator accepts a server that is behind
/// @param timeline of the write-ahead log; each promotion raises it (PostgreSQL manual, 25.3.6)
/// @param beats signs of life that instances have written to the database
/// @param flushed how far the write-ahead log is on disk, in bytes; never steps back on one server
public record ServerPosition(long system, long epoch, int timeline, long beats, long flushed) {
  private static final Pattern TEXT =
      Pattern.compile("(-?\\d{1,19}):(\\d{1,18}):(\\d{1,9}):(\\d{1,18}):(\\d{1,18})");

  /// Reads the form that [#toString()] writes.
  ///
  /// @return empty when it has another form, as a newer release might write
  public static Optional<ServerPosition> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new ServerPosition(
            Long.parseLong(parts.group(1)),
            Long.parseLong(parts.group(2)),
            Integer.parseInt(parts.group(3)),
            Long.parseLong(parts.group(4)),
            Long.parseLong(parts.group(5))));
  }

  /// What a server at this position lacks of what was seen; empty when it is not behind. A server
  /// of a later timeline was promoted, so it is not behind even if it lacks the last bytes. A copy
  /// writes to its log as soon as it starts, and so may pass the position of the log that was seen;
  /// signs of life it gets only from instances that use it.
  Optional<String> lacks(ServerPosition seen) {
    if (epoch != seen.epoch) {
      return epoch > seen.epoch
          ? Optional.empty()
          : Optional.of("its epoch is %d, %d was seen".formatted(epoch, seen.epoch));
    }
    if (system != seen.system) {
      return Optional.of(
          "it is cluster %s, cluster %s was seen"
              .formatted(Long.toUnsignedString(system), Long.toUnsignedString(seen.system)));
    }
    if (timeline != seen.timeline) {
      return timeline > seen.timeline
          ? Optional.empty()
          : Optional.of("its timeline is %d, %d was seen".formatted(timeline, seen.timeline));
    }
    if (beats < seen.beats) {
      return Optional.of("it lacks %d signs of life that were seen".formatted(seen.beats - beats));
    }
    return flushed >= seen.flushed
        ? Optional.empty()
        : Optional.of(
            "it lacks %d bytes of the log that were seen".formatted(seen.flushed - flushed));
  }

  /// How many bytes that were seen on the timeline before were lost with a promotion.
  long lostSince(ServerPosition seen) {
    return epoch == seen.epoch && timeline > seen.timeline
        ? Math.max(0, seen.flushed - flushed)
        : 0;
  }

  /// The form in which instances share it.
  @Override
  public String toString() {
    return system + ":" + epoch + ":" + timeline + ":" + beats + ":" + flushed;
  }
}
