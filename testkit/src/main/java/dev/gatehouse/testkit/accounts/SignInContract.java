package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHasher.Trust;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.ErrorCode;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sign-in, on any store.
interface SignInContract extends AccountActions {
  @Test
  default void signsInWhateverTheSpellingOfTheAddress() {
    User user = cases().registered(PASSWORD);
    String spelling = "  " + user.email().value().toUpperCase(Locale.ROOT) + " ";

    assertThat(cases().signIn.signIn(spelling, PASSWORD, Sample.ORIGIN).user()).isEqualTo(user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Correct horse battery", "correct horse batter", "\u0000"})
  default void refusesAWrongPassword(String wrong) {
    User user = cases().registered(PASSWORD);

    assertRefused(ErrorCode.INVALID_CREDENTIALS, () -> signIn(user, wrong));
  }

  @Test
  default void doesTheSameWorkWhateverIsWrong() {
    User user = cases().registered(PASSWORD);
    User disabled = cases().registered(PASSWORD);
    disable(disabled);

    refusedSignIn(user.email().value(), "wrong");
    refusedSignIn(user.email().value(), "x".repeat(5000));
    refusedSignIn(disabled.email().value(), PASSWORD);
    refusedSignIn(Sample.email(), PASSWORD);
    refusedSignIn("not an address", PASSWORD);

    assertThat(cases().hasher.checks()).hasSize(5);
  }

  @Test
  default void queuesWhoeverFailedOftenBehindTheRest() {
    User user = cases().registered(PASSWORD);
    for (int i = 0; i < 5; i++) {
      refusedSignIn(user.email().value(), "guess " + i);
    }

    assertThat(cases().hasher.checks()).startsWith(Trust.NORMAL).endsWith(Trust.LOW);
  }

  @Test
  default void renewsAnOutdatedFormOfThePasswordAtSignIn() {
    User user = users().add(Sample.newUser(), cases().hasher.outdated(new Password(PASSWORD)));

    signIn(user, PASSWORD);

    assertThat(users().findCredentials(user.id()).map(Credentials::passwordHash))
        .contains(cases().hasher.hash(new Password(PASSWORD), Trust.NORMAL));
  }
}
