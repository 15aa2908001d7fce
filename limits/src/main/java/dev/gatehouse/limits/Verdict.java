package dev.gatehouse.limits;

import java.util.List;

/// What the limits of a route say of one request: the decision of the one that refuses it or, when
/// none does, of the one that leaves least.
///
/// @param limit whose decision it is
record Verdict(Limit limit, Decision decision) {
  static Verdict of(List<RateLimit> applying, long client) {
    Verdict tightest = null;
    for (RateLimit each : applying) {
      var next = new Verdict(each.limit(), each.take(client));
      if (!next.decision().allowed()) {
        return next;
      }
      if (tightest == null || next.decision().remaining() < tightest.decision().remaining()) {
        tightest = next;
      }
    }
    if (tightest == null) {
      throw new IllegalArgumentException("No limit applies.");
    }
    return tightest;
  }
}
