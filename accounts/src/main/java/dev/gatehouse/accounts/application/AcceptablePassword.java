package dev.gatehouse.accounts.application;

import dev.gatehouse.accounts.error.InvalidFields;
import dev.gatehouse.accounts.model.Password;
import dev.gatehouse.accounts.model.PasswordPolicy;
import dev.gatehouse.accounts.model.User;
import java.util.Optional;

/// The check of a password that takes the place of another.
final class AcceptablePassword {
  private AcceptablePassword() {}

  /// @throws InvalidFields for the field `new_password`
  static void require(PasswordPolicy policy, Password password, User owner) {
    var faults =
        policy.faults("new_password", password, Optional.of(owner.email()), owner.displayName());
    if (PasswordPolicy.isMerelyWeak(faults)) {
      throw InvalidFields.weakPassword(faults);
    }
    if (!faults.isEmpty()) {
      throw InvalidFields.of(faults);
    }
  }
}
