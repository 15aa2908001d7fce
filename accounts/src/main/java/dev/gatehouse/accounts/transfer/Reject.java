package dev.gatehouse.accounts.transfer;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.Refusal;
import java.util.List;

/// A line of a file that became no user.
///
/// @param line its number, from 1
/// @param faults what is wrong with it, at least one thing
public record Reject(long line, List<FieldError> faults) {
  public Reject {
    faults = List.copyOf(faults);
  }

  /// Another account has the address.
  static Reject emailTaken(long line) {
    Refusal refusal = Refusal.emailTaken();
    return of(line, "email", ErrorCode.EMAIL_TAKEN.name(), refusal.detail());
  }

  /// Another account has the id.
  static Reject idTaken(long line) {
    return of(line, "id", "taken", "Another account has this id.");
  }

  private static Reject of(long line, String field, String code, String message) {
    return new Reject(line, List.of(new FieldError(field, code, message)));
  }
}
