package dev.gatehouse.accounts.flow;

import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a person gives besides the proof.
///
/// @param newPassword for a kind that sets one
/// @param currentPassword for a link that changes an account without setting a password
public record FlowInput(Optional<String> newPassword, Optional<String> currentPassword) {
  /// Nothing besides the proof.
  public static final FlowInput NONE = new FlowInput(Optional.empty(), Optional.empty());

  /// Only a new password.
  public static FlowInput newPassword(String password) {
    return new FlowInput(Optional.of(password), Optional.empty());
  }

  /// Only the current password.
  public static FlowInput currentPassword(String password) {
    return new FlowInput(Optional.empty(), Optional.of(password));
  }

  /// Checks that exactly the fields that a flow needs are there.
  ///
  /// @throws InvalidFields otherwise, with every fault
  void require(boolean needsNewPassword, boolean needsCurrentPassword) {
    var faults = new ArrayList<FieldError>();
    faults.addAll(faults("new_password", newPassword, needsNewPassword));
    faults.addAll(faults("current_password", currentPassword, needsCurrentPassword));
    if (!faults.isEmpty()) {
      throw InvalidFields.of(faults);
    }
  }

  private static List<FieldError> faults(String field, Optional<String> value, boolean needed) {
    if (value.isPresent() == needed) {
      return List.of();
    }
    return List.of(
        needed
            ? new FieldError(field, "required", "This flow needs it.")
            : new FieldError(field, "unexpected", "This flow does not take it."));
  }

  @Override
  public String toString() {
    return "FlowInput[redacted]";
  }
}
