package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.flow.CodeTry;
import dev.gatehouse.accounts.flow.CompletedFlow;
import dev.gatehouse.accounts.flow.Flow;
import dev.gatehouse.accounts.flow.FlowEffect;
import dev.gatehouse.accounts.flow.FlowKind;
import dev.gatehouse.accounts.flow.FlowSecrets;
import dev.gatehouse.accounts.flow.Flows;
import dev.gatehouse.accounts.flow.NewFlow;
import dev.gatehouse.accounts.id.FlowId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The contract of stores of flows.
public abstract class FlowsContract {
  private static final PasswordHash HASH = Sample.hash("first");
  private static final PasswordHash NEXT = Sample.hash("next");
  private static final int PARALLEL = 100;

  private final SecureRandom random = new SecureRandom();
  private final KeyedCodeHashes hashes = new KeyedCodeHashes();
  private User user = Sample.user();

  /// The users of the same store.
  protected abstract Users users();

  /// The sessions of the same store.
  protected abstract Sessions sessions();

  /// The store under test; may hold other flows.
  protected abstract Flows flows();

  /// Makes the flows and wrong codes of an address older; others may age too.
  protected abstract void age(EmailAddress email, Duration age);

  @BeforeEach
  void registerUser() {
    user = users().add(Sample.newUser(), HASH);
  }

  @ParameterizedTest
  @EnumSource
  void findsAFlowUntilItsLinkExpires(FlowKind kind) {
    NewFlow begun = newFlow(kind, user.email(), Optional.of(user.id()));
    flows().begin(begun);

    assertThat(flows().find(begun.id())).contains(stored(begun));
    age(user.email(), kind.linkValidity().minusSeconds(60));
    assertThat(flows().find(begun.id())).contains(stored(begun));
    age(user.email(), Duration.ofSeconds(60));
    assertThat(flows().find(begun.id())).isEmpty();
    assertThat(flows().complete(begun.id(), new FlowEffect.VerifyEmail())).isEmpty();
  }

  @Test
  void findsNoUnknownFlow() {
    var unknown = new FlowId(Sample.id());

    assertThat(flows().find(unknown)).isEmpty();
    assertThat(flows().spendTry(unknown)).isEqualTo(new CodeTry.Gone());
    assertThat(flows().complete(unknown, new FlowEffect.VerifyEmail())).isEmpty();
    flows().giveBack(unknown);
  }

  @Test
  void countsFiveTries() {
    FlowId id = begun(FlowKind.RESET_PASSWORD);

    for (int left = Flows.TRIES - 1; left >= 0; left--) {
      assertThat(flows().spendTry(id))
          .isEqualTo(new CodeTry.Counted(flows().find(id).orElseThrow(), left));
    }
    assertThat(flows().spendTry(id)).isEqualTo(new CodeTry.Exhausted());
    assertThat(flows().find(id)).as("the link works").isPresent();
  }

  @Test
  void hundredGuessesAtOnceCountFiveTries() throws Exception {
    FlowId id = begun(FlowKind.RESET_PASSWORD);

    List<CodeTry> tries = inParallel(() -> flows().spendTry(id));

    assertThat(tries).filteredOn(CodeTry.Counted.class::isInstance).hasSize(Flows.TRIES);
    assertThat(tries)
        .filteredOn(CodeTry.Exhausted.class::isInstance)
        .hasSize(PARALLEL - Flows.TRIES);
  }

  @Test
  void givesATryBack() {
    FlowId id = begun(FlowKind.RESET_PASSWORD);
    flows().spendTry(id);
    flows().spendTry(id);

    flows().giveBack(id);

    assertThat(flows().spendTry(id)).isInstanceOf(CodeTry.Counted.class);
    assertThat(((CodeTry.Counted) flows().spendTry(id)).triesLeft()).isEqualTo(2);
  }

  @Test
  void aCodeExpiresBeforeItsLink() {
    FlowId id = begun(FlowKind.VERIFY_EMAIL);

    age(user.email(), FlowKind.VERIFY_EMAIL.codeValidity());

    assertThat(flows().spendTry(id)).isEqualTo(new CodeTry.Gone());
    assertThat(flows().find(id)).isPresent();
  }

  @Test
  void aFlowWithoutCodeHasNoTries() {
    FlowId id = begun(FlowKind.INVITATION);

    assertThat(flows().spendTry(id)).isEqualTo(new CodeTry.Gone());
  }

  @Test
  void twentyWrongCodesOverFlowsBlockThoseOfTheAddress() {
    blockCodes();
    FlowId id = begun(FlowKind.VERIFY_EMAIL);

    assertThat(flows().spendTry(id)).isEqualTo(new CodeTry.Blocked(Flows.TRIES - 1));
    assertThat(flows().find(id)).as("the link works").isPresent();
    assertThat(flows().spendTry(begun(FlowKind.VERIFY_EMAIL, Sample.email())))
        .as("another address")
        .isInstanceOf(CodeTry.Counted.class);
  }

  @Test
  void guessesAtOnceOverFlowsCountTwentyInAll() throws Exception {
    var ids = new ArrayList<FlowId>();
    for (int flow = 0; flow < 10; flow++) {
      ids.add(begun(FlowKind.SIGN_IN));
    }
    var guesses = new ArrayList<Callable<CodeTry>>();
    for (int guess = 0; guess < PARALLEL; guess++) {
      FlowId id = ids.get(guess % ids.size());
      guesses.add(() -> flows().spendTry(id));
    }

    List<CodeTry> tries = inParallel(guesses);

    assertThat(tries).filteredOn(CodeTry.Counted.class::isInstance).hasSize(Flows.FAILURES);
  }

  @Test
  void aCompletedLinkUnblocksTheCodes() {
    FlowId link = begun(FlowKind.RESET_PASSWORD);
    blockCodes();

    assertThat(flows().complete(link, new FlowEffect.ResetPassword(NEXT))).isPresent();

    assertThat(flows().spendTry(begun(FlowKind.SIGN_IN))).isInstanceOf(CodeTry.Counted.class);
  }

  @Test
  void aLaterSignInUnblocksTheCodes() {
    Sample.opened(sessions(), user.id(), HASH);
    blockCodes();
    assertThat(flows().spendTry(begun(FlowKind.SIGN_IN))).isInstanceOf(CodeTry.Blocked.class);

    age(user.email(), Duration.ofSeconds(1));
    Sample.opened(sessions(), user.id(), HASH);

    assertThat(flows().spendTry(begun(FlowKind.SIGN_IN))).isInstanceOf(CodeTry.Counted.class);
  }

  @Test
  void verifiesTheAddress() {
    Session session = Sample.opened(sessions(), user.id(), HASH);
    FlowId id = begun(FlowKind.VERIFY_EMAIL);

    CompletedFlow completed = flows().complete(id, new FlowEffect.VerifyEmail()).orElseThrow();

    assertThat(completed.user().emailVerified()).isTrue();
    assertThat(completed.user().version()).isEqualTo(user.version() + 1);
    assertThat(users().find(user.id())).contains(completed.user());
    assertThat(completed.ended()).isEmpty();
    assertThat(sessions().find(session.id())).isPresent();
  }

  @Test
  void aUsedFlowIsGone() {
    FlowId id = begun(FlowKind.VERIFY_EMAIL);
    flows().complete(id, new FlowEffect.VerifyEmail());

    assertThat(flows().find(id)).isEmpty();
    assertThat(flows().spendTry(id)).isEqualTo(new CodeTry.Gone());
    assertThat(flows().complete(id, new FlowEffect.VerifyEmail())).isEmpty();
  }

  @Test
  void resetsThePasswordAndEndsEverySession() {
    Session one = Sample.opened(sessions(), user.id(), HASH);
    Session two = Sample.opened(sessions(), user.id(), HASH);
    FlowId id = begunByAddress(user.email());

    CompletedFlow completed =
        flows().complete(id, new FlowEffect.ResetPassword(NEXT)).orElseThrow();

    assertThat(completed.ended()).containsExactlyInAnyOrder(one.id(), two.id());
    assertThat(sessions().list(user.id())).isEmpty();
    var stored = users().findCredentials(user.id()).orElseThrow();
    assertThat(stored.passwordHash()).isEqualTo(NEXT);
    assertThat(stored.user()).isEqualTo(completed.user());
    assertThat(stored.user().emailVerified()).isTrue();
  }

  @Test
  void aResetVoidsTheOtherFlowsOfTheAccount() {
    FlowId id = begunByAddress(user.email());
    FlowId sameAddress = begunByAddress(user.email());
    FlowId sameUser = begun(FlowKind.CHANGE_EMAIL, Sample.email());
    var stranger = newFlow(FlowKind.SIGN_IN, address(Sample.email()), Optional.empty());
    flows().begin(stranger);

    flows().complete(id, new FlowEffect.ResetPassword(NEXT));

    assertThat(flows().find(sameAddress)).isEmpty();
    assertThat(flows().find(sameUser)).isEmpty();
    assertThat(flows().find(stranger.id())).isPresent();
  }

  @Test
  void hundredCompletesAtOnceHaveOneEffect() throws Exception {
    FlowId id = begunByAddress(user.email());

    List<Optional<CompletedFlow>> results =
        inParallel(() -> flows().complete(id, new FlowEffect.ResetPassword(NEXT)));

    assertThat(results).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(users().find(user.id()).orElseThrow().version()).isEqualTo(user.version() + 1);
  }

  @Test
  void resetsAtOnceOfOneAccountHaveOneEffect() throws Exception {
    var resets = new ArrayList<Callable<Optional<CompletedFlow>>>();
    for (int flow = 0; flow < PARALLEL; flow++) {
      FlowId id = begunByAddress(user.email());
      resets.add(() -> flows().complete(id, new FlowEffect.ResetPassword(NEXT)));
    }

    assertThat(inParallel(resets)).filteredOn(Optional::isPresent).hasSize(1);
  }

  @Test
  void movesTheAccountToTheProvedAddress() {
    Session session = Sample.opened(sessions(), user.id(), HASH);
    EmailAddress next = address(Sample.email());
    FlowId id = begun(FlowKind.CHANGE_EMAIL, next.value());

    User moved = flows().complete(id, new FlowEffect.ChangeEmail()).orElseThrow().user();

    assertThat(moved.email()).isEqualTo(next);
    assertThat(moved.emailVerified()).isTrue();
    assertThat(moved.version()).isEqualTo(user.version() + 1);
    assertThat(users().find(user.id())).contains(moved);
    assertThat(users().isTaken(user.email())).isFalse();
    assertThat(sessions().find(session.id())).isPresent();
  }

  @Test
  void movesNoAccountToAnAddressThatAnotherHas() {
    User other = users().add(Sample.newUser(), HASH);
    FlowId id = begun(FlowKind.CHANGE_EMAIL, other.email().value());

    assertRefused(ErrorCode.EMAIL_TAKEN, () -> flows().complete(id, new FlowEffect.ChangeEmail()));

    assertThat(users().find(user.id())).contains(user);
    assertThat(flows().find(id)).as("the flow is not used").isPresent();
  }

  @Test
  void oneOfManyAccountsMovesToAnAddress() throws Exception {
    EmailAddress next = address(Sample.email());
    var changes = new ArrayList<Callable<Boolean>>();
    for (int account = 0; account < PARALLEL; account++) {
      user = users().add(Sample.newUser(), HASH);
      FlowId id = begun(FlowKind.CHANGE_EMAIL, next.value());
      changes.add(() -> isMoved(id));
    }

    assertThat(inParallel(changes)).filteredOn(moved -> moved).hasSize(1);
  }

  private boolean isMoved(FlowId id) {
    try {
      return flows().complete(id, new FlowEffect.ChangeEmail()).isPresent();
    } catch (Refusal taken) {
      return false;
    }
  }

  @Test
  void undoesAChangeOfAddress() {
    EmailAddress before = user.email();
    FlowId undo = begun(FlowKind.UNDO_EMAIL_CHANGE);
    FlowId change = begun(FlowKind.CHANGE_EMAIL, Sample.email());
    flows().complete(change, new FlowEffect.ChangeEmail());
    Session session = Sample.opened(sessions(), user.id(), HASH);
    FlowId pending = begun(FlowKind.CHANGE_EMAIL, Sample.email());

    CompletedFlow undone =
        flows().complete(undo, new FlowEffect.UndoEmailChange(NEXT)).orElseThrow();

    assertThat(undone.user().email()).isEqualTo(before);
    assertThat(undone.user().emailVerified()).isTrue();
    assertThat(undone.ended()).containsExactly(session.id());
    var stored = users().findCredentials(user.id()).orElseThrow();
    assertThat(stored.user()).isEqualTo(undone.user());
    assertThat(stored.passwordHash()).isEqualTo(NEXT);
    assertThat(flows().find(pending)).as("a pending change is void").isEmpty();
  }

  @Test
  void anAttackerWhoMovedTheAccountCannotTakeTheWayBack() {
    EmailAddress before = user.email();
    FlowId ofTheOwner = begun(FlowKind.UNDO_EMAIL_CHANGE);
    age(before, Duration.ofMinutes(1));
    EmailAddress first = address(Sample.email());
    move(first);
    FlowId ofTheAttacker = begun(FlowKind.UNDO_EMAIL_CHANGE, first.value());
    EmailAddress second = address(Sample.email());
    move(second);

    FlowId reset = begunByAddress(second);
    assertThat(flows().complete(reset, new FlowEffect.ResetPassword(NEXT))).isPresent();
    FlowId later = begun(FlowKind.UNDO_EMAIL_CHANGE, second.value());
    assertThat(flows().complete(ofTheAttacker, new FlowEffect.UndoEmailChange(NEXT))).isPresent();
    assertThat(flows().find(later)).isEmpty();

    assertThat(flows().complete(ofTheOwner, new FlowEffect.UndoEmailChange(HASH))).isPresent();
    assertThat(users().find(user.id()).orElseThrow().email()).isEqualTo(before);
  }

  @Test
  void theOwnersWayBackVoidsThatOfTheAttacker() {
    FlowId ofTheOwner = begun(FlowKind.UNDO_EMAIL_CHANGE);
    age(user.email(), Duration.ofMinutes(1));
    EmailAddress next = address(Sample.email());
    move(next);
    FlowId ofTheAttacker = begun(FlowKind.UNDO_EMAIL_CHANGE, next.value());

    flows().complete(ofTheOwner, new FlowEffect.UndoEmailChange(NEXT));

    assertThat(flows().complete(ofTheAttacker, new FlowEffect.UndoEmailChange(HASH))).isEmpty();
  }

  private void move(EmailAddress next) {
    FlowId id = begun(FlowKind.CHANGE_EMAIL, next.value());
    assertThat(flows().complete(id, new FlowEffect.ChangeEmail())).isPresent();
  }

  @Test
  void hasNoEffectOnAnAddressThatTheAccountHasLeft() {
    FlowId id = begun(FlowKind.VERIFY_EMAIL);
    FlowId byAddress = begunByAddress(user.email());
    users().update(user.movedTo(address(Sample.email())));

    assertThat(flows().complete(id, new FlowEffect.VerifyEmail())).isEmpty();
    assertThat(flows().complete(byAddress, new FlowEffect.ResetPassword(NEXT))).isEmpty();
    assertThat(users().find(user.id()).orElseThrow().emailVerified()).isFalse();
  }

  @Test
  void hasNoEffectWithoutAnActiveAccount() {
    FlowId unknown = begunByAddress(address(Sample.email()));
    FlowId disabled = begunByAddress(user.email());
    users().update(disabled(user));

    assertThat(flows().complete(unknown, new FlowEffect.ResetPassword(NEXT))).isEmpty();
    assertThat(flows().complete(disabled, new FlowEffect.ResetPassword(NEXT))).isEmpty();
    assertThat(users().findCredentials(user.id()).orElseThrow().passwordHash()).isEqualTo(HASH);
  }

  private static User disabled(User user) {
    return new User(
        user.id(),
        user.email(),
        user.profile(),
        user.emailVerified(),
        UserStatus.DISABLED,
        user.roles(),
        user.createdAt(),
        user.updatedAt(),
        user.version() + 1);
  }

  private void blockCodes() {
    for (int flow = 0; flow < Flows.FAILURES / Flows.TRIES; flow++) {
      FlowId id = begun(FlowKind.SIGN_IN);
      for (int guess = 0; guess < Flows.TRIES; guess++) {
        assertThat(flows().spendTry(id)).isInstanceOf(CodeTry.Counted.class);
      }
    }
  }

  private FlowId begun(FlowKind kind) {
    return begun(kind, user.email().value());
  }

  private FlowId begun(FlowKind kind, String email) {
    NewFlow flow = newFlow(kind, address(email), Optional.of(user.id()));
    flows().begin(flow);
    return flow.id();
  }

  private FlowId begunByAddress(EmailAddress email) {
    NewFlow flow = newFlow(FlowKind.RESET_PASSWORD, email, Optional.empty());
    flows().begin(flow);
    return flow.id();
  }

  private NewFlow newFlow(FlowKind kind, EmailAddress email, Optional<UserId> owner) {
    FlowSecrets secrets = FlowSecrets.random(kind, random);
    return NewFlow.of(new FlowId(Sample.id()), kind, email, owner, secrets, hashes);
  }

  private static EmailAddress address(String email) {
    return EmailAddress.parse(email);
  }

  private static Flow stored(NewFlow begun) {
    return new Flow(
        begun.id(), begun.kind(), begun.email(), begun.user(), begun.code(), begun.link());
  }

  private static <T> List<T> inParallel(Callable<T> call) throws Exception {
    return inParallel(Collections.nCopies(PARALLEL, call));
  }

  private static <T> List<T> inParallel(List<Callable<T>> calls) throws Exception {
    var results = new ArrayList<T>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
    }
    return results;
  }
}
