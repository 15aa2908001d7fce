package dev.gatehouse.app.system.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What a client asked for and what it was told. Thread-safe.
final class Ledger {
  private final Collection<Entry> entries = new ConcurrentLinkedQueue<>();

  /// What was asked for.
  enum Kind {
    /// A read: idempotent.
    READ,
    /// A registration under an idempotency key.
    KEYED_WRITE,
    /// A registration without one.
    WRITE
  }

  /// One request.
  ///
  /// @param subject whom it registers, if anybody
  /// @param due when it was to be sent, on the monotonic clock
  /// @param ended when its response was there
  /// @param outcome the status, or 0 without a response
  record Entry(Kind kind, String subject, long due, long ended, int outcome, String words) {
    boolean succeeded() {
      return outcome == 200 || outcome == 201;
    }

    boolean underWay(long from, long to) {
      return due - to <= 0 && ended - from >= 0;
    }

    @Override
    public String toString() {
      return "%s %s -> %d %s".formatted(kind, subject, outcome, words);
    }
  }

  void enter(Entry entry) {
    entries.add(entry);
  }

  int size() {
    return entries.size();
  }

  List<Entry> all() {
    return List.copyOf(entries);
  }

  List<Entry> failed(Kind kind) {
    return entries.stream().filter(entry -> entry.kind() == kind && !entry.succeeded()).toList();
  }

  /// The subjects of writes that were acknowledged.
  List<String> acknowledged() {
    return entries.stream()
        .filter(entry -> entry.kind() != Kind.READ && entry.succeeded())
        .map(Entry::subject)
        .toList();
  }

  /// A stretch of time on the monotonic clock.
  record Window(long from, long to) {
    static final Window ALWAYS = new Window(Long.MIN_VALUE / 4, Long.MAX_VALUE / 4);

    /// Admits one.
    static Window lasting(Duration length) throws InterruptedException {
      long from = System.nanoTime();
      Thread.sleep(length);
      return new Window(from, System.nanoTime());
    }

    boolean includes(long moment) {
      return moment - from >= 0 && moment - to < 0;
    }
  }

  /// Of the successful requests due in these windows: the time within which this share got its
  /// response.
  Duration percentile(double share, List<Window> windows) {
    long[] sorted =
        entries.stream()
            .filter(Entry::succeeded)
            .filter(entry -> windows.stream().anyMatch(window -> window.includes(entry.due())))
            .mapToLong(entry -> entry.ended() - entry.due())
            .sorted()
            .toArray();
    return sorted.length == 0
        ? Duration.ZERO
        : Duration.ofNanos(
            sorted[(int) Math.min(sorted.length - 1, (long) (share * sorted.length))]);
  }

  /// A line for the record.
  String summary() {
    long[] all =
        entries.stream().mapToLong(entry -> entry.ended() - entry.due()).sorted().toArray();
    long failed = entries.stream().filter(entry -> !entry.succeeded()).count();
    return "%d requests, %d failed, p50 %d ms, p99 %d ms, longest %d ms"
        .formatted(
            all.length,
            failed,
            millis(all, 0.5),
            millis(all, 0.99),
            Arrays.stream(all).max().orElse(0) / 1_000_000);
  }

  private static long millis(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1_000_000;
  }
}
