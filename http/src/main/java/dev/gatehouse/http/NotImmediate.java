package dev.gatehouse.http;

/// Leaves the filters of a route when there was no immediate answer, so that none of them takes
/// "not yet" for an answer.
final class NotImmediate extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotImmediate() {
    super("no immediate answer", null, false, false);
  }
}
