package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditEvent.Kind;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHasher.Trust;
import dev.gatehouse.accounts.registration.IdempotencyRecords;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.signin.SignedIn;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The life of an account from registration to deletion, on any store.
public abstract class AccountLifeCycleContract {
  private static final String PASSWORD = "correct horse battery";
  private static final String OTHER_PASSWORD = "staple of another kind";

  private UseCases cases = onTwins();

  /// The store under test; may hold other users.
  protected abstract Users users();

  /// The sessions of the same store.
  protected abstract Sessions sessions();

  /// The registrations of the same store.
  protected abstract IdempotencyRecords registrations();

  @BeforeEach
  void assemble() {
    cases = new UseCases(users(), sessions(), registrations());
  }

  @Test
  void registersAUserWhoCanSignIn() {
    User user = cases.registered(PASSWORD);

    SignedIn signedIn = signIn(user, PASSWORD);

    assertThat(signedIn.user()).isEqualTo(user);
    assertThat(sessions().find(signedIn.session().id())).contains(signedIn.session());
    assertThat(cases.tokens.verify(signedIn.accessToken().token()).user()).isEqualTo(user.id());
    assertThat(cases.getUser.self(user.id())).isEqualTo(user);
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
  void refusesToRegister(String email, String password, String name, ErrorCode code) {
    assertRefused(code, () -> cases.register(email, password, Optional.of(name)));
  }

  @Test
  void refusesAnOverlongPasswordAsAFieldAtFault() {
    assertRefused(
        ErrorCode.INVALID_FIELDS,
        () -> cases.register(Sample.email(), "x".repeat(1025), Optional.empty()));
  }

  @Test
  void refusesEmailAlreadyTakenWithoutHashing() {
    User user = cases.registered(PASSWORD);

    assertRefused(
        ErrorCode.EMAIL_TAKEN,
        () ->
            cases.register(
                user.email().value().toUpperCase(Locale.ROOT), PASSWORD, Optional.empty()));
  }

  @Test
  void signsInWhateverTheSpellingOfTheAddress() {
    User user = cases.registered(PASSWORD);
    String spelling = "  " + user.email().value().toUpperCase(Locale.ROOT) + " ";

    assertThat(cases.signIn.signIn(spelling, PASSWORD, Sample.ORIGIN).user()).isEqualTo(user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Correct horse battery", "correct horse batter", "\u0000"})
  void refusesAWrongPassword(String wrong) {
    User user = cases.registered(PASSWORD);

    assertRefused(ErrorCode.INVALID_CREDENTIALS, () -> signIn(user, wrong));
  }

  @Test
  void doesTheSameWorkWhateverIsWrong() {
    User user = cases.registered(PASSWORD);
    User disabled = cases.registered(PASSWORD);
    disable(disabled);

    refusedSignIn(user.email().value(), "wrong");
    refusedSignIn(user.email().value(), "x".repeat(5000));
    refusedSignIn(disabled.email().value(), PASSWORD);
    refusedSignIn(Sample.email(), PASSWORD);
    refusedSignIn("not an address", PASSWORD);

    assertThat(cases.hasher.checks()).hasSize(5);
  }

  @Test
  void queuesWhoeverFailedOftenBehindTheRest() {
    User user = cases.registered(PASSWORD);
    for (int i = 0; i < 5; i++) {
      refusedSignIn(user.email().value(), "guess " + i);
    }

    assertThat(cases.hasher.checks()).startsWith(Trust.NORMAL).endsWith(Trust.LOW);
  }

  @Test
  void renewsAnOutdatedFormOfThePasswordAtSignIn() {
    User user = Sample.user();
    users().add(user, cases.hasher.outdated(new Password(PASSWORD)));

    signIn(user, PASSWORD);

    assertThat(users().findCredentials(user.id()).map(Credentials::passwordHash))
        .contains(cases.hasher.hash(new Password(PASSWORD), Trust.NORMAL));
  }

  @Test
  void changesThePasswordAndEndsTheOtherSessions() {
    User user = cases.registered(PASSWORD);
    SignedIn here = signIn(user, PASSWORD);
    SignedIn elsewhere = signIn(user, PASSWORD);

    cases.changePassword.change(
        user.id(), here.session().id(), PASSWORD, OTHER_PASSWORD, Sample.ORIGIN);

    assertRefused(ErrorCode.INVALID_CREDENTIALS, () -> signIn(user, PASSWORD));
    assertThat(signIn(user, OTHER_PASSWORD).user().id()).isEqualTo(user.id());
    assertThat(cases.revocations.contains(elsewhere.session().id())).isTrue();
    assertThat(cases.revocations.contains(here.session().id())).isFalse();
  }

  @Test
  void changesNoPasswordWithoutTheCurrentOne() {
    User user = cases.registered(PASSWORD);
    var session = signIn(user, PASSWORD).session().id();

    assertRefused(
        ErrorCode.WRONG_PASSWORD,
        () ->
            cases.changePassword.change(
                user.id(), session, "wrong", OTHER_PASSWORD, Sample.ORIGIN));
    assertRefused(
        ErrorCode.WEAK_PASSWORD,
        () -> cases.changePassword.change(user.id(), session, PASSWORD, "short", Sample.ORIGIN));
    assertThat(signIn(user, PASSWORD).user().id()).isEqualTo(user.id());
  }

  @Test
  void doesTheSameWorkForAWrongCurrentPasswordOfAnyLength() {
    User user = cases.registered(PASSWORD);

    for (String wrong : List.of("", "wrong", "x".repeat(5000))) {
      assertRefused(
          ErrorCode.WRONG_PASSWORD,
          () -> cases.deleteAccount.delete(user.id(), wrong, Sample.ORIGIN));
    }

    assertThat(cases.hasher.checks()).hasSize(3);
  }

  @Test
  void refusesTheTokenOfADisabledUserWhateverThePassword() {
    User user = cases.registered(PASSWORD);
    disable(user);

    for (String password : List.of(PASSWORD, "wrong")) {
      assertRefused(
          ErrorCode.INVALID_TOKEN,
          () -> cases.deleteAccount.delete(user.id(), password, Sample.ORIGIN));
    }
  }

  @Test
  void setsAPasswordForAnotherAndEndsAllSessions() {
    User user = cases.registered(PASSWORD);
    var session = signIn(user, PASSWORD).session().id();

    assertRefused(
        ErrorCode.WEAK_PASSWORD,
        () -> cases.setPassword.set(user.id(), "short", Actor.OPERATOR, Sample.ORIGIN));
    cases.setPassword.set(user.id(), OTHER_PASSWORD, Actor.OPERATOR, Sample.ORIGIN);

    assertThat(cases.revocations.contains(session)).isTrue();
    assertRefused(ErrorCode.INVALID_CREDENTIALS, () -> signIn(user, PASSWORD));
    assertThat(signIn(user, OTHER_PASSWORD).user().id()).isEqualTo(user.id());
    assertThat(cases.audit.events())
        .contains(
            new AuditEvent(Kind.PASSWORD_CHANGED, "operator", user.id().toString(), Sample.ORIGIN));
  }

  @Test
  void setsNoPasswordWithoutAUserNorTheAdministratorsOwn() {
    User user = cases.registered(PASSWORD);

    assertRefused(
        ErrorCode.NOT_FOUND,
        () ->
            cases.setPassword.set(
                new UserId(Sample.id()), OTHER_PASSWORD, Actor.OPERATOR, Sample.ORIGIN));
    assertRefused(
        ErrorCode.FORBIDDEN,
        () ->
            cases.setPassword.set(user.id(), OTHER_PASSWORD, Actor.user(user.id()), Sample.ORIGIN));
  }

  @Test
  void renamesAUserAndTakesTheNameAway() {
    User user = cases.registered(PASSWORD);

    User renamed =
        cases.updateProfile.update(
            user.id(),
            ProfileInput.of(Profile.Field.DISPLAY_NAME, Optional.of(" Grace ")),
            OptionalLong.empty());
    assertThat(renamed.profile().displayName().orElseThrow().value()).isEqualTo("Grace");
    assertThat(cases.getUser.byId(user.id())).isEqualTo(renamed);

    User nameless =
        cases.updateProfile.update(
            user.id(),
            ProfileInput.of(Profile.Field.DISPLAY_NAME, Optional.empty()),
            OptionalLong.of(renamed.version()));
    assertThat(nameless.profile().displayName()).isEmpty();
    assertRefused(
        ErrorCode.STALE_VERSION,
        () ->
            cases.updateProfile.update(
                user.id(),
                ProfileInput.of(Profile.Field.DISPLAY_NAME, Optional.of("Ada")),
                OptionalLong.of(user.version())));
  }

  @Test
  void movesAUserToAnotherAddress() {
    User user = cases.registered(PASSWORD);
    String email = Sample.email();

    assertRefused(ErrorCode.WRONG_PASSWORD, () -> moveTo(user.id(), email, "wrong password"));
    User moved = moveTo(user.id(), email, PASSWORD);

    assertThat(moved.email().value()).isEqualTo(email);
    assertThat(signIn(moved, PASSWORD).user()).isEqualTo(moved);
    assertRefused(ErrorCode.INVALID_CREDENTIALS, () -> signIn(user, PASSWORD));
  }

  @Test
  void signsOutOfOneSessionOrAll() {
    User user = cases.registered(PASSWORD);
    var first = signIn(user, PASSWORD).session().id();
    var second = signIn(user, PASSWORD).session().id();

    assertThat(cases.signOut.end(user.id(), first, Sample.ORIGIN)).isTrue();
    assertThat(cases.signOut.end(user.id(), first, Sample.ORIGIN)).isFalse();
    assertThat(cases.revocations.contains(first)).isTrue();
    assertThat(cases.revocations.contains(second)).isFalse();

    cases.signOut.endAll(user.id(), Sample.ORIGIN);
    assertThat(cases.revocations.contains(second)).isTrue();
  }

  @Test
  void refreshesASessionAndRepeatsALostResponse() {
    User user = cases.registered(PASSWORD);
    SignedIn signedIn = signIn(user, PASSWORD);

    SignedIn refreshed = refresh(signedIn);
    assertThat(refreshed.user()).isEqualTo(user);
    assertThat(refreshed.session().id()).isEqualTo(signedIn.session().id());
    assertThat(refreshed.refreshToken()).isNotEqualTo(signedIn.refreshToken());
    assertThat(refresh(signedIn).refreshToken()).isEqualTo(refreshed.refreshToken());
    assertThat(cases.tokens.verify(refreshed.accessToken().token()).session())
        .isEqualTo(signedIn.session().id());
    assertThat(cases.listSessions.of(user.id())).hasSize(1);
  }

  @Test
  void refreshesNoSessionThatHasEnded() {
    User user = cases.registered(PASSWORD);
    SignedIn signedIn = signIn(user, PASSWORD);
    cases.signOut.endAll(user.id(), Sample.ORIGIN);

    assertRefused(ErrorCode.INVALID_TOKEN, () -> refresh(signedIn));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ghr_", "eyJhbGciOiJub25lIn0.e30."})
  void refreshesNothingWithWhatIsNoToken(String text) {
    assertRefused(ErrorCode.INVALID_TOKEN, () -> cases.refreshSession.refresh(text, Sample.ORIGIN));
  }

  @Test
  void deletesAnAccountForGood() {
    User user = cases.registered(PASSWORD);
    var session = signIn(user, PASSWORD).session().id();

    assertRefused(
        ErrorCode.WRONG_PASSWORD,
        () -> cases.deleteAccount.delete(user.id(), "wrong", Sample.ORIGIN));
    cases.deleteAccount.delete(user.id(), PASSWORD, Sample.ORIGIN);

    assertRefused(ErrorCode.INVALID_CREDENTIALS, () -> signIn(user, PASSWORD));
    assertRefused(ErrorCode.NOT_FOUND, () -> cases.getUser.byId(user.id()));
    assertRefused(ErrorCode.INVALID_TOKEN, () -> cases.getUser.self(user.id()));
    assertThat(cases.revocations.contains(session)).isTrue();
  }

  @Test
  void putsOnRecordWhatUsersDoToTheirAccounts() {
    User user = cases.registered(PASSWORD);
    var first = signIn(user, PASSWORD).session().id();
    var second = signIn(user, PASSWORD).session().id();
    moveTo(user.id(), Sample.email(), PASSWORD);
    cases.changePassword.change(user.id(), second, PASSWORD, OTHER_PASSWORD, Sample.ORIGIN);
    cases.signOut.end(user.id(), first, Sample.ORIGIN);
    cases.signOut.end(user.id(), second, Sample.ORIGIN);
    cases.signOut.endAll(user.id(), Sample.ORIGIN);
    cases.deleteAccount.delete(user.id(), OTHER_PASSWORD, Sample.ORIGIN);

    assertThat(cases.audit.events())
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
  void putsOnRecordWhoFailedToProveAPassword() {
    User user = cases.registered(PASSWORD);
    String nobody = Sample.email();

    refusedSignIn(user.email().value(), "wrong");
    refusedSignIn(nobody, PASSWORD);
    refusedSignIn(nobody.toUpperCase(Locale.ROOT), PASSWORD);
    refusedSignIn("not an address", PASSWORD);
    assertRefused(
        ErrorCode.WRONG_PASSWORD,
        () -> cases.deleteAccount.delete(user.id(), "wrong", Sample.ORIGIN));

    var events = cases.audit.events().stream().skip(1).toList();
    assertThat(events.getFirst())
        .isEqualTo(AuditEvent.about(Kind.SIGN_IN_FAILED, user.id(), Sample.ORIGIN));
    assertThat(events.get(1).subject())
        .startsWith("address:")
        .doesNotContainIgnoringCase(nobody)
        .isEqualTo(events.get(2).subject())
        .isNotEqualTo(events.get(3).subject());
    assertThat(events.getLast())
        .isEqualTo(AuditEvent.by(Kind.PASSWORD_CHECK_FAILED, user.id(), Sample.ORIGIN));
    assertThat(cases.audit.kinds())
        .containsExactly(
            Kind.USER_REGISTERED,
            Kind.SIGN_IN_FAILED,
            Kind.SIGN_IN_FAILED,
            Kind.SIGN_IN_FAILED,
            Kind.SIGN_IN_FAILED,
            Kind.PASSWORD_CHECK_FAILED);
  }

  @Test
  void recordsNothingThatDidNotHappen() {
    User user = cases.registered(PASSWORD);

    assertRefused(
        ErrorCode.EMAIL_TAKEN,
        () -> cases.register(user.email().value(), PASSWORD, Optional.empty()));
    assertRefused(
        ErrorCode.EMAIL_TAKEN,
        () -> moveTo(user.id(), cases.registered(PASSWORD).email().value(), PASSWORD));
    cases.signOut.end(user.id(), Sample.session(user.id()).id(), Sample.ORIGIN);

    assertThat(cases.audit.kinds()).containsExactly(Kind.USER_REGISTERED, Kind.USER_REGISTERED);
  }

  private static UseCases onTwins() {
    var accounts = new InMemoryAccounts();
    return new UseCases(accounts.users(), accounts.sessions(), accounts.registrations());
  }

  private SignedIn signIn(User user, String password) {
    return cases.signIn.signIn(user.email().value(), password, Sample.ORIGIN);
  }

  private SignedIn refresh(SignedIn signedIn) {
    return cases.refreshSession.refresh(signedIn.refreshToken().encoded(), Sample.ORIGIN);
  }

  private void refusedSignIn(String email, String password) {
    assertRefused(
        ErrorCode.INVALID_CREDENTIALS, () -> cases.signIn.signIn(email, password, Sample.ORIGIN));
  }

  private User moveTo(UserId id, String email, String password) {
    return cases.updateProfile.changeEmail(
        id, email, password, OptionalLong.empty(), Sample.ORIGIN);
  }

  private void disable(User user) {
    users()
        .update(
            new User(
                user.id(),
                user.email(),
                user.profile(),
                user.emailVerified(),
                UserStatus.DISABLED,
                user.roles(),
                user.createdAt(),
                user.updatedAt(),
                user.version() + 1));
  }
}
