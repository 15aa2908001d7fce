package dev.gatehouse.app.config;

/// A text is not a value of its kind. The message says what is expected and never repeats the text,
/// which may be a secret.
public final class InvalidValue extends Exception {
  private static final long serialVersionUID = 1L;

  /// @param expectation completes the sentence "NAME must be ..."
  public InvalidValue(String expectation) {
    super(expectation, null, false, false);
  }

  /// What was expected instead.
  public String expectation() {
    return String.valueOf(getMessage());
  }
}
