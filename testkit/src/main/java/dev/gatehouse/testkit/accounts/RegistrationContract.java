package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.registration.IdempotencyKey;
import dev.gatehouse.accounts.registration.RegisterUser;
import dev.gatehouse.accounts.registration.RegistrationMode;
import dev.gatehouse.accounts.signin.SignedIn;
import dev.gatehouse.accounts.user.Profile.Field;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Registration, on any store.
interface RegistrationContract extends AccountActions {
  @Test
  default void registersAUserWhoCanSignIn() {
    User user = cases().registered(PASSWORD);

    SignedIn signedIn = signIn(user, PASSWORD);

    assertThat(signedIn.user()).isEqualTo(user);
    assertThat(sessions().find(signedIn.session().id())).contains(signedIn.session());
    assertThat(cases().tokens.verify(signedIn.accessToken().token()).user()).isEqualTo(user.id());
    assertThat(cases().getUser.self(user.id())).isEqualTo(user);
  }

  @ParameterizedTest
  @CsvSource({
    "not-an-address, correct horse battery, Zoë, INVALID_FIELDS",
    "a@b@example.org, correct horse battery, Zoë, INVALID_FIELDS",
    "a@localhost, correct horse battery, Zoë, INVALID_FIELDS",
    "ada@example.org, short, Zoë, WEAK_PASSWORD",
    "ada@example.org, password1, Zoë, WEAK_PASSWORD",
    "ada.lovelace@example.org, Ada.Lovelace, Zoë, WEAK_PASSWORD",
    "ada@example.org, Zoë Ångström, Zoë Ångström, WEAK_PASSWORD",
    "not-an-address, short, Zoë, INVALID_FIELDS",
    "ada@example.org, correct horse battery, '  ', INVALID_FIELDS",
  })
  default void refusesToRegister(String email, String password, String name, ErrorCode code) {
    assertRefused(code, () -> cases().register(email, password, Optional.of(name)));
  }

  @Test
  default void refusesAnOverlongPasswordAsAFieldAtFault() {
    assertRefused(
        ErrorCode.INVALID_FIELDS,
        () -> cases().register(Sample.email(), "x".repeat(1025), Optional.empty()));
  }

  /// Also for an address that is taken, which a closed service has no reason to disclose.
  @Test
  default void registersNoOneWhenClosed() {
    User user = cases().registered(PASSWORD);
    cases().registrationMode = RegistrationMode.CLOSED;

    for (String email : List.of(Sample.email(), user.email().value())) {
      assertRefused(
          ErrorCode.REGISTRATION_CLOSED, () -> cases().register(email, PASSWORD, Optional.empty()));
      assertRefused(
          ErrorCode.REGISTRATION_CLOSED,
          () ->
              cases()
                  .registerUserOnce
                  .register(
                      new RegisterUser.RegistrationRequest(
                          email, PASSWORD, ProfileInput.of(Field.DISPLAY_NAME, Optional.empty())),
                      new IdempotencyKey(email),
                      Sample.ORIGIN));
    }
    assertThat(signIn(user, PASSWORD).user()).isEqualTo(user);
  }

  @Test
  default void refusesEmailAlreadyTakenWithoutHashing() {
    User user = cases().registered(PASSWORD);

    assertRefused(
        ErrorCode.EMAIL_TAKEN,
        () ->
            cases()
                .register(
                    user.email().value().toUpperCase(Locale.ROOT), PASSWORD, Optional.empty()));
  }
}
