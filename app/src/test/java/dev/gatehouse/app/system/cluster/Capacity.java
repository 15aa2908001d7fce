package dev.gatehouse.app.system.cluster;

import java.time.Duration;
import java.util.List;

/// How many requests of the usual mix a cluster handles in a second when there is always another
/// one.
final class Capacity {
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration MEASURED = Duration.ofSeconds(5);
  private static final int START = 100;
  private static final Duration TOO_SLOW = Duration.ofMillis(250);

  private Capacity() {}

  /// Raises an open loop's rate by half until responses come late, and says the last rate they did
  /// not.
  static int of(Node gateway) throws Exception {
    offer(gateway, START, WARM_UP);
    int rate = START;
    while (true) {
      int next = rate * 3 / 2;
      Ledger ledger = offer(gateway, next, MEASURED);
      boolean kept =
          ledger.all().stream().allMatch(Ledger.Entry::succeeded)
              && ledger.percentile(0.9, List.of(Ledger.Window.ALWAYS)).compareTo(TOO_SLOW) < 0;
      if (!kept) {
        return rate;
      }
      rate = next;
    }
  }

  private static Ledger offer(Node gateway, int perSecond, Duration length) throws Exception {
    try (var client = OpenLoop.through(gateway, "capacity-" + System.nanoTime(), perSecond)) {
      Thread.sleep(length);
      return client.finish();
    }
  }
}
