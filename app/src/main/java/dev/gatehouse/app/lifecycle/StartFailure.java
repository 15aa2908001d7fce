package dev.gatehouse.app.lifecycle;

/// A part could not be started. The message is one line for the operator: the part, and what its
/// innermost cause says.
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int DEEPEST = 16;

  /// @param part completes the sentence "... did not start"
  public StartFailure(String part, Throwable cause) {
    super("%s did not start: %s".formatted(part, reason(cause)), cause);
  }

  private static String reason(Throwable cause) {
    Throwable innermost = cause;
    for (int depth = 0; depth < DEEPEST && innermost.getCause() != null; depth++) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    return message == null || message.isBlank() ? innermost.getClass().getSimpleName() : message;
  }
}
