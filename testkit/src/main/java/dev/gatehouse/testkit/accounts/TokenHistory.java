package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.session.RefreshToken;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The refresh tokens of one session: the current one, and when each before it was first used. Not
/// thread-safe.
final class TokenHistory {
  private static final int MOST_WITHIN_GRACE = 64;

  private final Map<Integer, Long> firstUses = new HashMap<>();
  private RefreshToken current;

  TokenHistory(RefreshToken first) {
    current = first;
  }

  /// Uses a token, by the clock of the machine.
  Use use(RefreshToken used, RefreshToken successor, Duration grace) {
    if (used.equals(current) && usesWithin(grace) >= MOST_WITHIN_GRACE) {
      return Use.TOO_FREQUENT;
    }
    if (used.equals(current)) {
      firstUses.put(used.generation(), System.nanoTime());
      current = successor;
      return Use.CURRENT;
    }
    Long firstUse = firstUses.get(used.generation());
    if (firstUse == null) {
      return Use.UNKNOWN;
    }
    return System.nanoTime() - firstUse < grace.toNanos() ? Use.REPEATED : Use.REUSED;
  }

  private long usesWithin(Duration grace) {
    long now = System.nanoTime();
    return firstUses.values().stream().filter(use -> now - use < grace.toNanos()).count();
  }

  /// How a token was used.
  enum Use {
    CURRENT,
    REPEATED,
    REUSED,
    TOO_FREQUENT,
    UNKNOWN
  }
}
