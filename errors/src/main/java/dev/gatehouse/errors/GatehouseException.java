package dev.gatehouse.errors;

import java.util.Optional;

/// The one family of errors that crosses module borders. Adapters wrap what their drivers throw
/// into it, so that anyone who catches one needs to know no driver. The detail is fit for the
/// client to read: it names no internals and repeats no secret; message and cause are for the log.
public abstract sealed class GatehouseException extends RuntimeException
    permits Refusal, WrongCode, InvalidFields, Unavailable, Fault {
  private final ErrorCode code;

  GatehouseException(
      ErrorCode code, String message, Optional<? extends Throwable> cause, boolean stackTrace) {
    super(message, cause.orElse(null), false, stackTrace);
    this.code = code;
  }

  /// The stable code of this error.
  public final ErrorCode code() {
    return code;
  }

  /// What to tell the client: one sentence, never empty.
  public String detail() {
    return String.valueOf(getMessage());
  }
}
