package dev.gatehouse.app.lifecycle;

/// A part could not be started. The message is one line for the operator: the part, and what the
/// first cause with words of its own says.
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int DEEPEST = 16;

  /// @param part completes the sentence "... did not start"
  public StartFailure(String part, Throwable cause) {
    super("%s did not start: %s".formatted(part, reason(cause)), cause);
  }

  private static String reason(Throwable cause) {
    Throwable telling = cause;
    for (int depth = 0; depth < DEEPEST && telling.getCause() != null; depth++) {
      if (!isMereWrapper(telling)) {
        break;
      }
      telling = telling.getCause();
    }
    String message = telling.getMessage();
    return message == null || message.isBlank() ? telling.getClass().getSimpleName() : message;
  }

  private static boolean isMereWrapper(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.equals(String.valueOf(thrown.getCause()));
  }
}
