package dev.gatehouse.postgres.feed;

import dev.gatehouse.postgres.feed.FeedTable.Cursor;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// How long the oldest transaction that holds a feed's cursor back has been open. It is measured
/// from the first reading that found the transaction, by a monotonic clock, so it costs no query
/// and depends on no wall clock. Observed by one thread, read by any.
public final class Horizon {
  private final LongSupplier nanoTime;
  private final Map<String, Long> firstSeen = new HashMap<>();
  private volatile Duration age = Duration.ZERO;

  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  public Horizon(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// Takes a reading over.
  ///
  /// @param cursor the one to keep after the reading
  public void observe(Cursor cursor) {
    long now = nanoTime.getAsLong();
    Set<String> running = running(cursor);
    firstSeen.keySet().retainAll(running);
    running.forEach(transaction -> firstSeen.putIfAbsent(transaction, now));
    long longest = firstSeen.values().stream().mapToLong(seen -> now - seen).max().orElse(0);
    age = Duration.ofNanos(longest);
  }

  /// The age at the last reading; zero when no transaction was running.
  public Duration age() {
    return age;
  }

  /// The server writes an array as `{731,745}`.
  private static Set<String> running(Cursor cursor) {
    String list = cursor.running().substring(1, cursor.running().length() - 1);
    return list.isEmpty() ? Set.of() : new HashSet<>(Arrays.asList(list.split(",", -1)));
  }
}
