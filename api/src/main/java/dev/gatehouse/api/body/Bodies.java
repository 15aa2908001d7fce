package dev.gatehouse.api.body;

import dev.gatehouse.accounts.registration.RegisterUser;
import dev.gatehouse.accounts.user.Profile.Field;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.http.body.FieldUpdate;
import dev.gatehouse.http.body.JsonBody;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/// The JSON bodies the calls take.
public final class Bodies {
  private static final String EMAIL = "email";
  private static final String PASSWORD = "password";
  private static final String CURRENT_PASSWORD = "current_password";
  private static final String NEW_PASSWORD = "new_password";

  private Bodies() {}

  public static RegisterUser.RegistrationRequest application(JsonBody body) {
    return new RegisterUser.RegistrationRequest(
        body.requiredString(EMAIL), body.requiredString(PASSWORD), profile(body));
  }

  public static SignInAttempt signIn(JsonBody body) {
    return new SignInAttempt(body.requiredString(EMAIL), body.requiredString(PASSWORD));
  }

  public static PasswordChange passwordChange(JsonBody body) {
    return new PasswordChange(
        body.requiredString(CURRENT_PASSWORD), body.requiredString(NEW_PASSWORD));
  }

  public static ProfileChange profileChange(JsonBody body) {
    ProfileInput profile = profile(body);
    FieldUpdate<String> email = body.update(EMAIL);
    FieldUpdate<String> currentPassword = body.update(CURRENT_PASSWORD);
    if (email.mentioned() || currentPassword.mentioned()) {
      requireAlone(profile);
      return new ProfileChange.Move(
          present(EMAIL, email), present(CURRENT_PASSWORD, currentPassword));
    }
    return profile.fields().isEmpty() ? new ProfileChange.None() : new ProfileChange.Edit(profile);
  }

  /// The fields of the profile that a body contains.
  public static ProfileInput profile(JsonBody body) {
    var fields = new EnumMap<Field, Optional<String>>(Field.class);
    for (Field field : Field.values()) {
      FieldUpdate<String> update = body.update(field.label());
      if (update.mentioned()) {
        fields.put(field, update.newValue());
      }
    }
    return new ProfileInput(fields);
  }

  private static void requireAlone(ProfileInput profile) {
    List<FieldError> faults =
        Arrays.stream(Field.values())
            .filter(profile.fields()::containsKey)
            .map(Bodies::notAlone)
            .toList();
    if (!faults.isEmpty()) {
      throw InvalidFields.of(faults);
    }
  }

  private static FieldError notAlone(Field field) {
    return new FieldError(
        field.label(), "not_alone", "The email address is changed in a request of its own.");
  }

  private static String present(String field, FieldUpdate<String> update) {
    return update
        .newValue()
        .orElseThrow(() -> InvalidFields.of(field, "required", "The field is required."));
  }
}
