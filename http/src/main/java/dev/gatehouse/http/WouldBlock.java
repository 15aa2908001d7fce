package dev.gatehouse.http;

/// Leaves the filters of a route when there can be no immediate answer, so that none of them takes
/// "not yet" for an answer. To be thrown by immediate forms alone; the request then goes the usual
/// way.
public final class WouldBlock extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Without a stack trace: it is not an error.
  public WouldBlock() {
    super("no immediate answer", null, false, false);
  }
}
