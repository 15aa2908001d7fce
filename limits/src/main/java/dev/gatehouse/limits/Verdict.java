package dev.gatehouse.limits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of the limits of a route for one request: the decision of the limit that refuses it
/// or, if none does, of the one with the fewest remaining tokens.
///
/// @param limit that made the decision
record Verdict(Limit limit, Decision decision) {
  /// Applies all limits, at least one. May wait.
  static Verdict of(List<RateLimit> applying, long client) {
    Verdict tightest = verdict(applying.getFirst(), client);
    for (RateLimit each : applying.subList(1, applying.size())) {
      if (!tightest.decision().allowed()) {
        return tightest;
      }
      Verdict next = verdict(each, client);
      boolean tighter = next.decision().remaining() < tightest.decision().remaining();
      if (tighter || !next.decision().allowed()) {
        tightest = next;
      }
    }
    return tightest;
  }

  /// The same without waiting; null when memory cannot decide, or with several limits: the first
  /// would have taken a token before the second turned out to need a call.
  static @Nullable Verdict atOnce(List<RateLimit> applying, long client) {
    if (applying.size() > 1) {
      return null;
    }
    RateLimit only = applying.getFirst();
    Decision decision = only.takeAtOnce(client);
    return decision == null ? null : new Verdict(only.limit(), decision);
  }

  private static Verdict verdict(RateLimit limit, long client) {
    return new Verdict(limit.limit(), limit.take(client));
  }
}
