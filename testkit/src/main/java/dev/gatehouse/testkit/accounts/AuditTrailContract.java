package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditEvent.Kind;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.ErrorCode;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The audit events of the use cases, on any store.
interface AuditTrailContract extends AccountActions {
  @Test
  default void putsOnRecordWhatUsersDoToTheirAccounts() {
    User user = cases().registered(PASSWORD);
    var first = signIn(user, PASSWORD).session().id();
    var second = signIn(user, PASSWORD).session().id();
    moveTo(user.id(), Sample.email(), PASSWORD);
    cases().changePassword.change(user.id(), second, PASSWORD, OTHER_PASSWORD, Sample.ORIGIN);
    cases().signOut.end(user.id(), first, Sample.ORIGIN);
    cases().signOut.end(user.id(), second, Sample.ORIGIN);
    cases().signOut.endAll(user.id(), Sample.ORIGIN);
    cases().deleteAccount.delete(user.id(), OTHER_PASSWORD, Sample.ORIGIN);

    assertThat(cases().audit.events())
        .containsExactly(
            AuditEvent.about(Kind.USER_REGISTERED, user.id(), Sample.ORIGIN),
            AuditEvent.by(Kind.SIGN_IN_SUCCEEDED, user.id(), Sample.ORIGIN),
            AuditEvent.by(Kind.SIGN_IN_SUCCEEDED, user.id(), Sample.ORIGIN),
            AuditEvent.by(Kind.EMAIL_CHANGED, user.id(), Sample.ORIGIN),
            AuditEvent.by(Kind.PASSWORD_CHANGED, user.id(), Sample.ORIGIN),
            AuditEvent.by(Kind.SESSION_ENDED, user.id(), Sample.ORIGIN),
            AuditEvent.by(Kind.ALL_SESSIONS_ENDED, user.id(), Sample.ORIGIN),
            AuditEvent.by(Kind.USER_DELETED, user.id(), Sample.ORIGIN));
  }

  @Test
  default void putsOnRecordWhoFailedToProveAPassword() {
    User user = cases().registered(PASSWORD);
    String nobody = Sample.email();

    refusedSignIn(user.email().value(), "wrong");
    refusedSignIn(nobody, PASSWORD);
    refusedSignIn(nobody.toUpperCase(Locale.ROOT), PASSWORD);
    refusedSignIn("not an address", PASSWORD);
    assertRefused(
        ErrorCode.WRONG_PASSWORD,
        () -> cases().deleteAccount.delete(user.id(), "wrong", Sample.ORIGIN));

    var events = cases().audit.events().stream().skip(1).toList();
    assertThat(events.getFirst())
        .isEqualTo(AuditEvent.about(Kind.SIGN_IN_FAILED, user.id(), Sample.ORIGIN));
    assertThat(events.get(1).subject())
        .startsWith("address:")
        .doesNotContainIgnoringCase(nobody)
        .isEqualTo(events.get(2).subject())
        .isNotEqualTo(events.get(3).subject());
    assertThat(events.getLast())
        .isEqualTo(AuditEvent.by(Kind.PASSWORD_CHECK_FAILED, user.id(), Sample.ORIGIN));
    assertThat(cases().audit.kinds())
        .containsExactly(
            Kind.USER_REGISTERED,
            Kind.SIGN_IN_FAILED,
            Kind.SIGN_IN_FAILED,
            Kind.SIGN_IN_FAILED,
            Kind.SIGN_IN_FAILED,
            Kind.PASSWORD_CHECK_FAILED);
  }

  @Test
  default void recordsNothingThatDidNotHappen() {
    User user = cases().registered(PASSWORD);

    assertRefused(
        ErrorCode.EMAIL_TAKEN,
        () -> cases().register(user.email().value(), PASSWORD, Optional.empty()));
    assertRefused(
        ErrorCode.EMAIL_TAKEN,
        () -> moveTo(user.id(), cases().registered(PASSWORD).email().value(), PASSWORD));
    cases().signOut.end(user.id(), Sample.session(user.id()).id(), Sample.ORIGIN);

    assertThat(cases().audit.kinds()).containsExactly(Kind.USER_REGISTERED, Kind.USER_REGISTERED);
  }
}
