package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.ErrorCode;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What users do with their own account, on any store.
interface ProfileContract extends AccountActions {
  @Test
  default void renamesAUserAndTakesTheNameAway() {
    User user = cases().registered(PASSWORD);

    User renamed =
        cases()
            .updateProfile
            .update(
                user.id(),
                ProfileInput.of(Profile.Field.DISPLAY_NAME, Optional.of(" Grace ")),
                OptionalLong.empty());
    assertThat(renamed.profile().displayName().orElseThrow().value()).isEqualTo("Grace");
    assertThat(cases().getUser.byId(user.id())).isEqualTo(renamed);

    User nameless =
        cases()
            .updateProfile
            .update(
                user.id(),
                ProfileInput.of(Profile.Field.DISPLAY_NAME, Optional.empty()),
                OptionalLong.of(renamed.version()));
    assertThat(nameless.profile().displayName()).isEmpty();
    assertRefused(
        ErrorCode.STALE_VERSION,
        () ->
            cases()
                .updateProfile
                .update(
                    user.id(),
                    ProfileInput.of(Profile.Field.DISPLAY_NAME, Optional.of("Ada")),
                    OptionalLong.of(user.version())));
  }

  @Test
  default void movesAUserToAnotherAddress() {
    User user = cases().registered(PASSWORD);
    String email = Sample.email();

    assertRefused(ErrorCode.WRONG_PASSWORD, () -> moveTo(user.id(), email, "wrong password"));
    User moved = moveTo(user.id(), email, PASSWORD);

    assertThat(moved.email().value()).isEqualTo(email);
    assertThat(signIn(moved, PASSWORD).user()).isEqualTo(moved);
    assertRefused(ErrorCode.INVALID_CREDENTIALS, () -> signIn(user, PASSWORD));
  }

  @Test
  default void deletesAnAccountForGood() {
    User user = cases().registered(PASSWORD);
    var session = signIn(user, PASSWORD).session().id();

    assertRefused(
        ErrorCode.WRONG_PASSWORD,
        () -> cases().deleteAccount.delete(user.id(), "wrong", Sample.ORIGIN));
    cases().deleteAccount.delete(user.id(), PASSWORD, Sample.ORIGIN);

    assertRefused(ErrorCode.INVALID_CREDENTIALS, () -> signIn(user, PASSWORD));
    assertRefused(ErrorCode.NOT_FOUND, () -> cases().getUser.byId(user.id()));
    assertRefused(ErrorCode.INVALID_TOKEN, () -> cases().getUser.self(user.id()));
    assertThat(cases().revocations.contains(session)).isTrue();
  }
}
