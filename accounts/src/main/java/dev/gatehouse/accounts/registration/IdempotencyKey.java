package dev.gatehouse.accounts.registration;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;

/// Names a request, so that sending it again does nothing again. Anyone who knows it and the
/// request can have the response, so it is to be unguessable, such as a random UUID.
///
/// @param value 1 to 255 visible ASCII characters
public record IdempotencyKey(String value) {
  private static final int MAX_LENGTH = 255;

  public IdempotencyKey {
    if (value.isEmpty()
        || value.length() > MAX_LENGTH
        || !value.chars().allMatch(c -> isVisible(c))) {
      throw new Refusal(
          ErrorCode.MALFORMED_REQUEST, "The idempotency key must be 1 to 255 visible characters.");
    }
  }

  private static boolean isVisible(int character) {
    return character >= '!' && character <= '~';
  }

  @Override
  public String toString() {
    return "IdempotencyKey[redacted]";
  }
}
