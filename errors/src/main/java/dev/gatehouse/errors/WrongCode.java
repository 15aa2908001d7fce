package dev.gatehouse.errors;

import java.util.Optional;

/// The code from a mail is wrong, or codes of its address do not work for the time being; which of
/// the two is not disclosed.
public final class WrongCode extends GatehouseException {
  private static final long serialVersionUID = 1L;

  private final int triesLeft;

  /// @param triesLeft how often the code of the same flow may still be tried
  public WrongCode(int triesLeft) {
    super(ErrorCode.WRONG_CODE, "The code is wrong.", Optional.empty(), false);
    this.triesLeft = triesLeft;
  }

  /// How often the code of the same flow may still be tried.
  public int triesLeft() {
    return triesLeft;
  }
}
