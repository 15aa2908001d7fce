package dev.gatehouse.gateway;

import dev.gatehouse.resilience.upstream.Reply;

/// How an attempt at an instance ended.
public enum Outcome {
  /// Answered, and not with its own error.
  ANSWERED,
  /// Answered with its own error: 500 and above, save 503 and 504.
  ERROR,
  /// Answered that it cannot take the request now: 503.
  UNAVAILABLE,
  /// The gateway has as many connections to it as it may have, all in use; nothing was sent. Says
  /// nothing about the instance.
  SATURATED,
  /// No connection; nothing was sent.
  UNREACHABLE,
  /// The connection broke before the response was whole.
  BROKEN,
  /// No response in the time it was given, or the response that this ran out: 504.
  LATE,
  /// The client left, or broke its own request off.
  ABANDONED;

  /// That of an attempt whose response is whole.
  static Outcome of(Reply reply) {
    return switch (reply) {
      case GOOD -> ANSWERED;
      case ERROR -> ERROR;
      case BUSY, LEAVING -> UNAVAILABLE;
      case LATE -> LATE;
    };
  }
}
