package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditEvent.Kind;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.signin.SignedIn;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Changes of a password, by its owner and by others, on any store.
interface PasswordChangeContract extends AccountActions {
  @Test
  default void changesThePasswordAndEndsTheOtherSessions() {
    User user = cases().registered(PASSWORD);
    SignedIn here = signIn(user, PASSWORD);
    SignedIn elsewhere = signIn(user, PASSWORD);

    cases()
        .changePassword
        .change(user.id(), here.session().id(), PASSWORD, OTHER_PASSWORD, Sample.ORIGIN);

    assertRefused(ErrorCode.INVALID_CREDENTIALS, () -> signIn(user, PASSWORD));
    assertThat(signIn(user, OTHER_PASSWORD).user().id()).isEqualTo(user.id());
    assertThat(cases().revocations.contains(elsewhere.session().id())).isTrue();
    assertThat(cases().revocations.contains(here.session().id())).isFalse();
  }

  @Test
  default void changesNoPasswordWithoutTheCurrentOne() {
    User user = cases().registered(PASSWORD);
    var session = signIn(user, PASSWORD).session().id();

    assertRefused(
        ErrorCode.WRONG_PASSWORD,
        () ->
            cases()
                .changePassword
                .change(user.id(), session, "wrong", OTHER_PASSWORD, Sample.ORIGIN));
    assertRefused(
        ErrorCode.WEAK_PASSWORD,
        () -> cases().changePassword.change(user.id(), session, PASSWORD, "short", Sample.ORIGIN));
    assertThat(signIn(user, PASSWORD).user().id()).isEqualTo(user.id());
  }

  @Test
  default void doesTheSameWorkForAWrongCurrentPasswordOfAnyLength() {
    User user = cases().registered(PASSWORD);

    for (String wrong : List.of("", "wrong", "x".repeat(5000))) {
      assertRefused(
          ErrorCode.WRONG_PASSWORD,
          () -> cases().deleteAccount.delete(user.id(), wrong, Sample.ORIGIN));
    }

    assertThat(cases().hasher.checks()).hasSize(3);
  }

  @Test
  default void refusesTheTokenOfADisabledUserWhateverThePassword() {
    User user = cases().registered(PASSWORD);
    disable(user);

    for (String password : List.of(PASSWORD, "wrong")) {
      assertRefused(
          ErrorCode.INVALID_TOKEN,
          () -> cases().deleteAccount.delete(user.id(), password, Sample.ORIGIN));
    }
  }

  @Test
  default void setsAPasswordForAnotherAndEndsAllSessions() {
    User user = cases().registered(PASSWORD);
    var session = signIn(user, PASSWORD).session().id();

    assertRefused(
        ErrorCode.WEAK_PASSWORD,
        () -> cases().setPassword.set(user.id(), "short", Actor.OPERATOR, Sample.ORIGIN));
    cases().setPassword.set(user.id(), OTHER_PASSWORD, Actor.OPERATOR, Sample.ORIGIN);

    assertThat(cases().revocations.contains(session)).isTrue();
    assertRefused(ErrorCode.INVALID_CREDENTIALS, () -> signIn(user, PASSWORD));
    assertThat(signIn(user, OTHER_PASSWORD).user().id()).isEqualTo(user.id());
    assertThat(cases().audit.events())
        .contains(
            new AuditEvent(Kind.PASSWORD_CHANGED, "operator", user.id().toString(), Sample.ORIGIN));
  }

  @Test
  default void setsNoPasswordWithoutAUserNorTheAdministratorsOwn() {
    User user = cases().registered(PASSWORD);

    assertRefused(
        ErrorCode.NOT_FOUND,
        () ->
            cases()
                .setPassword
                .set(new UserId(Sample.id()), OTHER_PASSWORD, Actor.OPERATOR, Sample.ORIGIN));
    assertRefused(
        ErrorCode.FORBIDDEN,
        () ->
            cases()
                .setPassword
                .set(user.id(), OTHER_PASSWORD, Actor.user(user.id()), Sample.ORIGIN));
  }
}
