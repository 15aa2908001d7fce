package dev.gatehouse.api.administration;

import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.FieldValidation;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.ProfileUpdate;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.api.body.Bodies;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.http.body.FieldUpdate;
import dev.gatehouse.http.body.JsonBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The body of an administrator's PATCH of a user, field by field. Only fields of the profile can
/// be cleared.
record UserPatch(
    ProfileInput profile,
    FieldUpdate<String> email,
    FieldUpdate<Boolean> emailVerified,
    FieldUpdate<String> status,
    FieldUpdate<List<String>> roles) {

  static UserPatch read(JsonBody body) {
    return new UserPatch(
        Bodies.profile(body),
        body.update("email"),
        body.updateBoolean("email_verified"),
        body.update("status"),
        body.updateStrings("roles"));
  }

  /// The validated change.
  ///
  /// @throws InvalidFields naming every field at fault
  UserChange change() {
    var faults = new ArrayList<FieldError>();
    Optional<ProfileUpdate> edit = FieldValidation.read(profile, ProfileInput::validated, faults);
    Optional<EmailAddress> address =
        accepted(update -> required("email", update).map(EmailAddress::parse), email, faults);
    Optional<Boolean> verified =
        accepted(update -> required("email_verified", update), emailVerified, faults);
    Optional<UserStatus> newStatus =
        accepted(update -> required("status", update).map(UserStatus::parse), status, faults);
    Optional<Set<Role>> newRoles =
        accepted(update -> required("roles", update).map(Role::all), roles, faults);
    if (!faults.isEmpty()) {
      throw InvalidFields.of(faults);
    }
    return new UserChange(edit.orElseThrow(), address, verified, newStatus, newRoles);
  }

  private static <T> Optional<T> required(String field, FieldUpdate<T> update) {
    return switch (update) {
      case FieldUpdate.Unchanged<T> _ -> Optional.empty();
      case FieldUpdate.Changed<T>(T value) -> Optional.of(value);
      case FieldUpdate.Cleared<T> _ ->
          throw InvalidFields.of(field, "required", "The field cannot be cleared.");
    };
  }

  private static <F, T> Optional<T> accepted(
      Function<F, Optional<T>> reader, F field, List<FieldError> faults) {
    try {
      return reader.apply(field);
    } catch (InvalidFields invalid) {
      faults.addAll(invalid.errors());
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "UserPatch[redacted]";
  }
}
