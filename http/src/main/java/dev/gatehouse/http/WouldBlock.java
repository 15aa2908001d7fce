package dev.gatehouse.http;

/// Leaves the filters of a route when there can be no immediate response, so that none of them
/// takes its absence for one. Only immediate forms throw it; the request then moves to a virtual
/// thread.
public final class WouldBlock extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Without a stack trace: it is not an error.
  public WouldBlock() {
    super("no immediate response", null, false, false);
  }
}
