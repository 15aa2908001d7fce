package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.errors.InvalidFields;
import java.util.Optional;

/// The check of a password that takes the place of another.
public final class AcceptablePassword {
  private AcceptablePassword() {}

  /// Rejects a password that the policy does not allow to its owner.
  ///
  /// @throws InvalidFields for the field `new_password`
  public static void require(PasswordPolicy policy, Password password, User owner) {
    var faults =
        policy.faults(
            "new_password", password, Optional.of(owner.email()), owner.profile().displayName());
    if (PasswordPolicy.isMerelyWeak(faults)) {
      throw InvalidFields.weakPassword(faults);
    }
    if (!faults.isEmpty()) {
      throw InvalidFields.of(faults);
    }
  }
}
