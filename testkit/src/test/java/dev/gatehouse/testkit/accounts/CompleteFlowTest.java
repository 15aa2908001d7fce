package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.Environment;
import dev.gatehouse.accounts.flow.CompleteFlow;
import dev.gatehouse.accounts.flow.FlowCode;
import dev.gatehouse.accounts.flow.FlowInput;
import dev.gatehouse.accounts.flow.FlowKind;
import dev.gatehouse.accounts.flow.FlowProof;
import dev.gatehouse.accounts.flow.FlowSecrets;
import dev.gatehouse.accounts.flow.FlowUseCases;
import dev.gatehouse.accounts.flow.Flows;
import dev.gatehouse.accounts.flow.LinkToken;
import dev.gatehouse.accounts.flow.NewFlow;
import dev.gatehouse.accounts.id.FlowId;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.PasswordPolicy;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.WrongCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompleteFlowTest implements AccountActions {
  private final InMemoryAccounts accounts = new InMemoryAccounts();
  private final UseCases cases =
      new UseCases(accounts.users(), accounts.sessions(), accounts.registrations());
  private final Flows flows = new InMemoryFlows(accounts.users(), accounts.sessions(), cases.time);
  private final SecureRandom random = new SecureRandom();
  private final KeyedCodeHashes hashes = new KeyedCodeHashes();
  private final CompleteFlow complete =
      FlowUseCases.over(
              flows,
              hashes,
              accounts.users(),
              cases.authenticate,
              new Passwords(cases.hasher, new PasswordPolicy(8, "password1"::equals)),
              cases.revocations,
              new Environment(cases.audit, new TimeOrderedIds(cases.time, random), cases.time))
          .complete();
  private User user = Sample.user();

  private record Begun(FlowId id, FlowSecrets secrets) {
    FlowProof code() {
      return new FlowProof.Code(secrets.code().orElseThrow());
    }

    FlowProof wrongCode() {
      String digits = secrets.code().orElseThrow().digits();
      return new FlowProof.Code(
          new FlowCode(digits.substring(1) + (digits.endsWith("0") ? "1" : "0")));
    }

    FlowProof link() {
      return new FlowProof.Link(secrets.token());
    }
  }

  @Override
  public UseCases cases() {
    return cases;
  }

  @Override
  public Users users() {
    return accounts.users();
  }

  @Override
  public Sessions sessions() {
    return accounts.sessions();
  }

  @BeforeEach
  void register() {
    user = cases.registered(PASSWORD);
  }

  @Test
  void verifiesAnAddressByCode() {
    Begun flow = begun(FlowKind.VERIFY_EMAIL);

    User verified = completed(flow, flow.code(), FlowInput.NONE);

    assertThat(verified.emailVerified()).isTrue();
    assertThat(users().find(user.id())).contains(verified);
    assertThat(cases.audit.events())
        .contains(AuditEvent.by(AuditEvent.Kind.EMAIL_VERIFIED, user.id(), Sample.ORIGIN));
  }

  @Test
  void verifiesAnAddressByLinkOnlyWithTheCurrentPassword() {
    Begun flow = begun(FlowKind.VERIFY_EMAIL);

    assertRefused(ErrorCode.INVALID_FIELDS, () -> completed(flow, flow.link(), FlowInput.NONE));
    assertRefused(
        ErrorCode.WRONG_PASSWORD,
        () -> completed(flow, flow.link(), FlowInput.currentPassword("wrong")));
    assertThat(users().find(user.id()).orElseThrow().emailVerified()).isFalse();

    assertThat(completed(flow, flow.link(), FlowInput.currentPassword(PASSWORD)).emailVerified())
        .isTrue();
  }

  @Test
  void resetsThePasswordByCodeOrLink() {
    for (boolean byCode : new boolean[] {true, false}) {
      var session = signIn(user, byCode ? PASSWORD : OTHER_PASSWORD).session().id();
      Begun flow = begun(FlowKind.RESET_PASSWORD);
      Begun other = begun(FlowKind.RESET_PASSWORD);
      String next = byCode ? OTHER_PASSWORD : PASSWORD;

      completed(flow, byCode ? flow.code() : flow.link(), FlowInput.newPassword(next));

      assertThat(cases.revocations.contains(session)).isTrue();
      assertThat(sessions().list(user.id())).as("no session is opened").isEmpty();
      assertThat(signIn(user, next).user().emailVerified()).isTrue();
      expired(other, other.link(), FlowInput.newPassword(next));
    }
    assertThat(cases.audit.events())
        .contains(AuditEvent.by(AuditEvent.Kind.PASSWORD_CHANGED, user.id(), Sample.ORIGIN));
  }

  @Test
  void changesTheAddressByCodeAndTakesItBackByLink() {
    EmailAddress before = user.email();
    EmailAddress next = Sample.newUser().email();
    Begun undo = begun(FlowKind.UNDO_EMAIL_CHANGE);
    Begun change = begun(FlowKind.CHANGE_EMAIL, next);
    assertRefused(ErrorCode.INVALID_FIELDS, () -> completed(change, change.link(), FlowInput.NONE));

    assertThat(completed(change, change.code(), FlowInput.NONE).email()).isEqualTo(next);
    User undone = completed(undo, undo.link(), FlowInput.newPassword(OTHER_PASSWORD));

    assertThat(undone.email()).isEqualTo(before);
    assertThat(signIn(undone, OTHER_PASSWORD).user().emailVerified()).isTrue();
    assertThat(cases.audit.events())
        .contains(AuditEvent.by(AuditEvent.Kind.EMAIL_CHANGED, user.id(), Sample.ORIGIN));
  }

  @Test
  void changesNoAddressToOneThatIsTaken() {
    Begun change = begun(FlowKind.CHANGE_EMAIL, cases.registered(PASSWORD).email());

    for (int attempt = 0; attempt <= Flows.TRIES; attempt++) {
      assertRefused(ErrorCode.EMAIL_TAKEN, () -> completed(change, change.code(), FlowInput.NONE));
    }
  }

  @Test
  void saysHowManyTriesAreLeft() {
    Begun flow = begun(FlowKind.VERIFY_EMAIL);

    for (int left = Flows.TRIES - 1; left >= 0; left--) {
      wrongCode(left, flow, flow.wrongCode());
    }
    wrongCode(0, flow, flow.code());
    assertThat(completed(flow, flow.link(), FlowInput.currentPassword(PASSWORD)).emailVerified())
        .as("the link works")
        .isTrue();
  }

  @Test
  void aRightCodeOfABlockedAddressLooksWrong() {
    for (int wrong = 0; wrong < Flows.FAILURES / Flows.TRIES; wrong++) {
      Begun flow = begun(FlowKind.VERIFY_EMAIL);
      for (int left = Flows.TRIES - 1; left >= 0; left--) {
        wrongCode(left, flow, flow.wrongCode());
      }
    }
    Begun flow = begun(FlowKind.VERIFY_EMAIL);

    wrongCode(Flows.TRIES - 1, flow, flow.code());
    completed(flow, flow.link(), FlowInput.currentPassword(PASSWORD));

    Begun next = begun(FlowKind.VERIFY_EMAIL);
    assertThat(completed(next, next.code(), FlowInput.NONE).emailVerified()).isTrue();
  }

  /// Form before code before password.
  @Test
  void checksTheCodeAfterTheFormAndBeforeThePassword() {
    Begun flow = begun(FlowKind.RESET_PASSWORD);

    assertRefused(
        ErrorCode.INVALID_FIELDS, () -> completed(flow, flow.wrongCode(), FlowInput.NONE));
    assertThatThrownBy(() -> completed(flow, flow.wrongCode(), FlowInput.newPassword("short")))
        .isInstanceOfSatisfying(
            WrongCode.class,
            wrong -> assertThat(wrong.triesLeft()).as("form costs no try").isEqualTo(4));
  }

  @Test
  void aRejectedPasswordNeitherCountsNorUsesTheFlow() {
    Begun flow = begun(FlowKind.RESET_PASSWORD);

    for (int attempt = 0; attempt < 2 * Flows.FAILURES; attempt++) {
      assertRefused(
          ErrorCode.WEAK_PASSWORD,
          () -> completed(flow, flow.code(), FlowInput.newPassword("short")));
    }
    cases.hasher.refuseNext();
    assertRefused(
        ErrorCode.OVERLOADED,
        () -> completed(flow, flow.code(), FlowInput.newPassword(OTHER_PASSWORD)));

    completed(flow, flow.code(), FlowInput.newPassword(OTHER_PASSWORD));
    assertThat(signIn(user, OTHER_PASSWORD).user().id()).isEqualTo(user.id());
  }

  @Test
  void unknownUsedExpiredAndForeignAreOneRefusal() {
    var unknown =
        new Begun(new FlowId(Sample.id()), FlowSecrets.random(FlowKind.VERIFY_EMAIL, random));
    Begun used = begun(FlowKind.VERIFY_EMAIL);
    completed(used, used.code(), FlowInput.NONE);
    Begun old = begun(FlowKind.VERIFY_EMAIL);
    cases.time.advance(FlowKind.VERIFY_EMAIL.codeValidity().plus(Duration.ofSeconds(1)));
    Begun fresh = begun(FlowKind.VERIFY_EMAIL);

    expired(unknown, unknown.code(), FlowInput.NONE);
    expired(used, used.code(), FlowInput.NONE);
    expired(old, old.code(), FlowInput.NONE);
    expired(
        fresh, new FlowProof.Link(LinkToken.random(random)), FlowInput.currentPassword(PASSWORD));
    assertThat(flows.find(fresh.id())).isPresent();
  }

  @Test
  void aFlowWithoutAccountSetsNoPassword() {
    var id = new FlowId(Sample.id());
    FlowSecrets secrets = FlowSecrets.random(FlowKind.RESET_PASSWORD, random);
    flows.begin(
        NewFlow.of(
            id,
            FlowKind.RESET_PASSWORD,
            Sample.newUser().email(),
            Optional.empty(),
            secrets,
            hashes));
    var flow = new Begun(id, secrets);

    expired(flow, flow.code(), FlowInput.newPassword(OTHER_PASSWORD));
    disable(user);
    Begun disabled = begun(FlowKind.RESET_PASSWORD);
    expired(disabled, disabled.link(), FlowInput.newPassword(OTHER_PASSWORD));
  }

  private void wrongCode(int left, Begun flow, FlowProof proof) {
    assertThatThrownBy(() -> completed(flow, proof, FlowInput.NONE))
        .isInstanceOfSatisfying(
            WrongCode.class, wrong -> assertThat(wrong.triesLeft()).isEqualTo(left));
  }

  private void expired(Begun flow, FlowProof proof, FlowInput input) {
    assertThatThrownBy(() -> completed(flow, proof, input))
        .hasMessage("The code or link has expired or was used; begin again.");
    assertRefused(ErrorCode.FLOW_EXPIRED, () -> completed(flow, proof, input));
  }

  private User completed(Begun flow, FlowProof proof, FlowInput input) {
    return complete.complete(flow.id(), proof, input, Sample.ORIGIN);
  }

  private Begun begun(FlowKind kind) {
    return begun(kind, user.email());
  }

  private Begun begun(FlowKind kind, EmailAddress email) {
    var id = new FlowId(Sample.id());
    FlowSecrets secrets = FlowSecrets.random(kind, random);
    Optional<UserId> owner =
        kind == FlowKind.RESET_PASSWORD ? Optional.empty() : Optional.of(user.id());
    flows.begin(NewFlow.of(id, kind, email, owner, secrets, hashes));
    return new Begun(id, secrets);
  }
}
