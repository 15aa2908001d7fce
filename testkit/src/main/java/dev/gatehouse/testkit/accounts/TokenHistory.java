package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.model.RefreshToken;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The refresh tokens of one session: the current one, and when each before it was first used. Not
/// thread-safe.
final class TokenHistory {
  private final Map<Integer, Long> firstUses = new HashMap<>();
  private RefreshToken current;

  TokenHistory(RefreshToken first) {
    current = first;
  }

  /// Uses a token, by the clock of the machine.
  Use use(RefreshToken used, RefreshToken successor, Duration grace) {
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

  /// How a token was used.
  enum Use {
    CURRENT,
    REPEATED,
    REUSED,
    UNKNOWN
  }
}
