package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.signin.SignedIn;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Refresh and sign-out, on any store.
interface SessionUseContract extends AccountActions {
  @Test
  default void signsOutOfOneSessionOrAll() {
    User user = cases().registered(PASSWORD);
    var first = signIn(user, PASSWORD).session().id();
    var second = signIn(user, PASSWORD).session().id();

    assertThat(cases().signOut.end(user.id(), first, Sample.ORIGIN)).isTrue();
    assertThat(cases().signOut.end(user.id(), first, Sample.ORIGIN)).isFalse();
    assertThat(cases().revocations.contains(first)).isTrue();
    assertThat(cases().revocations.contains(second)).isFalse();

    cases().signOut.endAll(user.id(), Sample.ORIGIN);
    assertThat(cases().revocations.contains(second)).isTrue();
  }

  @Test
  default void refreshesASessionAndRepeatsALostResponse() {
    User user = cases().registered(PASSWORD);
    SignedIn signedIn = signIn(user, PASSWORD);

    SignedIn refreshed = refresh(signedIn);
    assertThat(refreshed.user()).isEqualTo(user);
    assertThat(refreshed.session().id()).isEqualTo(signedIn.session().id());
    assertThat(refreshed.refreshToken()).isNotEqualTo(signedIn.refreshToken());
    assertThat(refresh(signedIn).refreshToken()).isEqualTo(refreshed.refreshToken());
    assertThat(cases().tokens.verify(refreshed.accessToken().token()).session())
        .isEqualTo(signedIn.session().id());
    assertThat(cases().listSessions.of(user.id())).hasSize(1);
  }

  @Test
  default void refreshesNoSessionThatHasEnded() {
    User user = cases().registered(PASSWORD);
    SignedIn signedIn = signIn(user, PASSWORD);
    cases().signOut.endAll(user.id(), Sample.ORIGIN);

    assertRefused(ErrorCode.INVALID_TOKEN, () -> refresh(signedIn));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ghr_", "eyJhbGciOiJub25lIn0.e30."})
  default void refreshesNothingWithWhatIsNoToken(String text) {
    assertRefused(
        ErrorCode.INVALID_TOKEN, () -> cases().refreshSession.refresh(text, Sample.ORIGIN));
  }
}
