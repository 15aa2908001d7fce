package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.session.RefreshToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// The refresh tokens of one session: the current one, and the time of first use of each earlier
/// one. Not thread-safe.
final class TokenHistory {
  private static final int MOST_WITHIN_GRACE = 64;

  private final Map<Integer, Instant> firstUses = new HashMap<>();
  private final InstantSource clock;
  private RefreshToken current;

  TokenHistory(RefreshToken first, InstantSource clock) {
    this.clock = clock;
    current = first;
  }

  /// Uses a token.
  Use use(RefreshToken used, RefreshToken successor, Duration grace) {
    if (used.equals(current) && usesWithin(grace) >= MOST_WITHIN_GRACE) {
      return Use.TOO_FREQUENT;
    }
    if (used.equals(current)) {
      firstUses.put(used.generation(), clock.instant());
      current = successor;
      return Use.CURRENT;
    }
    Instant firstUse = firstUses.get(used.generation());
    if (firstUse == null) {
      return Use.UNKNOWN;
    }
    return within(grace, firstUse) ? Use.REPEATED : Use.REUSED;
  }

  private long usesWithin(Duration grace) {
    return firstUses.values().stream().filter(use -> within(grace, use)).count();
  }

  private boolean within(Duration grace, Instant use) {
    return clock.instant().isBefore(use.plus(grace));
  }

  /// The outcome of a use.
  enum Use {
    CURRENT,
    REPEATED,
    REUSED,
    TOO_FREQUENT,
    UNKNOWN
  }
}
