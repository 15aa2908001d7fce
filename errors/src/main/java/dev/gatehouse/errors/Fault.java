package dev.gatehouse.errors;

import java.util.Optional;

/// A bug or a broken invariant: the one error with a stack trace. The client learns only that it
/// happened.
public final class Fault extends GatehouseException {
  private static final long serialVersionUID = 1L;

  /// A fault with a cause.
  ///
  /// @param what for the log, never sent to a client
  public Fault(String what, Throwable cause) {
    super(ErrorCode.INTERNAL, what, Optional.of(cause), true);
  }

  /// A fault without a cause.
  ///
  /// @param what for the log, never sent to a client
  public Fault(String what) {
    super(ErrorCode.INTERNAL, what, Optional.empty(), true);
  }

  @Override
  public String detail() {
    return "Something went wrong on our side.";
  }
}
