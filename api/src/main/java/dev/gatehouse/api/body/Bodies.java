package dev.gatehouse.api.body;

import dev.gatehouse.accounts.registration.RegisterUser;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.http.body.FieldUpdate;
import dev.gatehouse.http.body.JsonBody;

/// The JSON bodies the calls take.
public final class Bodies {
  private static final String EMAIL = "email";
  private static final String PASSWORD = "password";
  private static final String DISPLAY_NAME = "display_name";
  private static final String CURRENT_PASSWORD = "current_password";
  private static final String NEW_PASSWORD = "new_password";

  private Bodies() {}

  public static RegisterUser.RegistrationRequest application(JsonBody body) {
    return new RegisterUser.RegistrationRequest(
        body.requiredString(EMAIL),
        body.requiredString(PASSWORD),
        body.optionalString(DISPLAY_NAME));
  }

  public static SignInAttempt signIn(JsonBody body) {
    return new SignInAttempt(body.requiredString(EMAIL), body.requiredString(PASSWORD));
  }

  public static PasswordChange passwordChange(JsonBody body) {
    return new PasswordChange(
        body.requiredString(CURRENT_PASSWORD), body.requiredString(NEW_PASSWORD));
  }

  public static ProfileChange profileChange(JsonBody body) {
    FieldUpdate<String> displayName = body.update(DISPLAY_NAME);
    FieldUpdate<String> email = body.update(EMAIL);
    FieldUpdate<String> currentPassword = body.update(CURRENT_PASSWORD);
    if (email.mentioned() || currentPassword.mentioned()) {
      if (displayName.mentioned()) {
        throw InvalidFields.of(
            DISPLAY_NAME, "not_alone", "The email address is changed in a request of its own.");
      }
      return new ProfileChange.Move(
          present(EMAIL, email), present(CURRENT_PASSWORD, currentPassword));
    }
    return switch (displayName) {
      case FieldUpdate.Unchanged<String> _ -> new ProfileChange.None();
      case FieldUpdate.Cleared<String> _, FieldUpdate.Changed<String> _ ->
          new ProfileChange.Rename(displayName.newValue());
    };
  }

  private static String present(String field, FieldUpdate<String> update) {
    return update
        .newValue()
        .orElseThrow(() -> InvalidFields.of(field, "required", "The field is required."));
  }
}
