package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.audit.AuditEvent.Kind;
import dev.gatehouse.accounts.registration.IdempotencyKey;
import dev.gatehouse.accounts.registration.IdempotencyRecord;
import dev.gatehouse.accounts.registration.IdempotencyRecords;
import dev.gatehouse.accounts.registration.IdempotencyState;
import dev.gatehouse.accounts.registration.RegisterUser;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.GatehouseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Idempotent registration, on any store.
public abstract class IdempotentRegistrationContract {
  private static final String PASSWORD = "correct horse battery";
  private static final int TWINS = 20;
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final IdempotencyKey key = new IdempotencyKey(UUID.randomUUID().toString());
  private UseCases cases = onTwins();

  /// The store under test; may hold other users.
  protected abstract Users users();

  /// The sessions of the same store.
  protected abstract Sessions sessions();

  /// The registrations of the same store.
  protected abstract IdempotencyRecords registrations();

  /// Makes all registrations and claims older.
  protected abstract void age(Duration age);

  @BeforeEach
  void assemble() {
    cases = instance();
  }

  @Test
  void repeatsTheFirstResponseAfterChangesOfTheUser() {
    var application = application(Sample.email(), PASSWORD, Optional.of(" Zoë "));
    User first = register(application);
    assertThat(users().find(first.id())).contains(first);

    cases.time.advance(Duration.ofMinutes(1));
    cases.updateProfile.update(
        first.id(),
        ProfileInput.of(Profile.Field.DISPLAY_NAME, Optional.of("Grace")),
        OptionalLong.empty());
    assertThat(register(application)).isEqualTo(first);

    cases.deleteAccount.delete(first.id(), PASSWORD, Sample.ORIGIN);
    assertThat(register(application)).isEqualTo(first);
    assertThat(users().find(first.id())).isEmpty();
    assertThat(cases.audit.kinds()).containsExactly(Kind.USER_REGISTERED, Kind.USER_DELETED);
  }

  @Test
  void refusesTheKeyOfAnotherRequest() {
    String email = Sample.email();
    register(application(email, PASSWORD, Optional.of("Zoë")));

    for (var other :
        List.of(
            application(Sample.email(), PASSWORD, Optional.of("Zoë")),
            application(email, PASSWORD + "!", Optional.of("Zoë")),
            application(email, PASSWORD, Optional.of("Zoe")),
            application(email, PASSWORD, Optional.empty()),
            application("", "", Optional.empty()))) {
      assertRefused(ErrorCode.IDEMPOTENCY_KEY_REUSED, () -> register(other));
    }
  }

  @Test
  void remembersNoRefusal() {
    String email = Sample.email();
    assertRefused(
        ErrorCode.WEAK_PASSWORD, () -> register(application(email, "short", Optional.empty())));
    String taken = cases.registered(PASSWORD).email().value();
    assertRefused(
        ErrorCode.EMAIL_TAKEN, () -> register(application(taken, PASSWORD, Optional.empty())));

    User user = register(application(email, PASSWORD, Optional.empty()));

    assertThat(users().find(user.id())).contains(user);
  }

  @Test
  void forgetsAfterADay() {
    var application = application(Sample.email(), PASSWORD, Optional.empty());
    User first = register(application);

    age(DAY.minusMinutes(1));
    assertThat(register(application).id()).isEqualTo(first.id());
    age(Duration.ofMinutes(1));
    assertRefused(ErrorCode.EMAIL_TAKEN, () -> register(application));

    User other = register(application(Sample.email(), PASSWORD, Optional.empty()));
    assertThat(other.id()).isNotEqualTo(first.id());
  }

  @Test
  void addsNeitherUserNorRegistrationWithoutTheOther() {
    User holder = cases.registered(PASSWORD);
    NewUser late = Sample.newUser(holder.email().value());
    String key = "key of " + late.id();

    assertRefused(ErrorCode.EMAIL_TAKEN, () -> add(late, key));
    assertThat(use(key)).isEqualTo(new IdempotencyState.Unused());

    NewUser first = Sample.newUser();
    assertThat(add(first, key)).isPresent();
    NewUser second = Sample.newUser();
    assertThat(add(second, key)).isEmpty();
    assertThat(users().find(second.id())).isEmpty();
    assertThat(use(key)).isEqualTo(registered(key, first));
    age(DAY);
    assertThat(use(key)).isEqualTo(new IdempotencyState.Unused());
  }

  @Test
  void givesAClaimToOne() {
    NewUser first = Sample.newUser();
    NewUser second = Sample.newUser();
    String key = "key of " + first.id();

    assertThat(claim(key, first, LEASE)).isEqualTo(new IdempotencyState.Unused());
    assertThat(claim(key, second, LEASE)).isEqualTo(new IdempotencyState.Claimed());
    assertThat(use(key)).isEqualTo(new IdempotencyState.Claimed());
    registrations().release(key, second.id());
    assertThat(use(key)).isEqualTo(new IdempotencyState.Claimed());

    registrations().release(key, first.id());
    assertThat(claim(key, second, LEASE)).isEqualTo(new IdempotencyState.Unused());
    assertThat(add(second, key)).isPresent();
    registrations().release(key, second.id());
    assertThat(claim(key, first, LEASE)).isEqualTo(registered(key, second));
  }

  /// As after a crash or a slow attempt: what arrives late adds nothing.
  @Test
  void handsAnAbandonedClaimOn() {
    NewUser first = Sample.newUser();
    NewUser second = Sample.newUser();
    String key = "key of " + first.id();
    claim(key, first, LEASE);
    age(LEASE);
    assertThat(use(key)).isEqualTo(new IdempotencyState.Unused());
    assertThat(claim(key, second, LEASE)).isEqualTo(new IdempotencyState.Unused());

    assertThat(add(first, key)).isEmpty();
    assertThat(users().find(first.id())).isEmpty();
    assertThat(add(second, key)).isPresent();
  }

  /// As when the client abandoned the first attempt, which may be dead, paused or slow.
  @Test
  void letsAClaimBeTakenOver() {
    NewUser first = Sample.newUser();
    NewUser second = Sample.newUser();
    String key = "key of " + first.id();
    claim(key, first, LEASE);

    assertThat(takeOver(key, second)).isEqualTo(new IdempotencyState.Unused());

    assertThat(add(first, key)).isEmpty();
    registrations().release(key, first.id());
    assertThat(use(key)).isEqualTo(new IdempotencyState.Claimed());
    assertThat(claim(key, first, LEASE)).isEqualTo(new IdempotencyState.Claimed());
    assertThat(add(second, key)).isPresent();
    assertThat(add(first, key)).isEmpty();
    assertThat(users().find(first.id())).isEmpty();
    assertThat(takeOver(key, first)).isEqualTo(registered(key, second));
    assertThat(use(key)).isEqualTo(registered(key, second));
  }

  @Test
  void takesOverWhatNobodyHasClaimed() {
    NewUser user = Sample.newUser();
    String key = "key of " + user.id();

    assertThat(takeOver(key, user)).isEqualTo(new IdempotencyState.Unused());
    assertThat(use(key)).isEqualTo(new IdempotencyState.Claimed());
  }

  @Test
  void finishesUnderAClaimThatEndedUnclaimed() {
    NewUser first = Sample.newUser();
    String key = "key of " + first.id();
    claim(key, first, LEASE);
    age(LEASE);
    assertThat(use(key)).isEqualTo(new IdempotencyState.Unused());

    assertThat(add(first, key)).isPresent();
    assertThat(use(key)).isEqualTo(registered(key, first));
  }

  /// The first continues while the second, on any instance, is rejected at once.
  @Test
  void tellsATwinOnAnotherInstanceThatTheFirstIsAtWork() throws Exception {
    var application = application(Sample.email(), PASSWORD, Optional.empty());
    UseCases other = instance();
    var release = cases.hasher.hold();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Object> first = threads.submit(() -> outcome(cases, application));
      await().atMost(TIMEOUT).until(cases.hasher::isHolding);

      assertThat(outcome(other, application)).isEqualTo(ErrorCode.IDEMPOTENCY_IN_PROGRESS);
      assertThat(outcome(cases, application)).isEqualTo(ErrorCode.IDEMPOTENCY_IN_PROGRESS);

      release.run();
      Object made = first.get();
      assertThat(outcome(other, application)).isEqualTo(made);
    }
  }

  /// The first is paused in the middle, its caller retries on another instance, and the first
  /// continues.
  @Test
  void takesOverAnAbandonedAttempt() throws Exception {
    var application = application(Sample.email(), PASSWORD, Optional.empty());
    UseCases other = instance();
    var release = cases.hasher.hold();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Object> first = threads.submit(() -> outcome(cases, application));
      await().atMost(TIMEOUT).until(cases.hasher::isHolding);

      User made = other.registerUserOnce.registerInstead(application, key, Sample.ORIGIN);

      assertThat(users().find(made.id())).contains(made);
      release.run();
      assertThat(first.get()).isEqualTo(made);
      assertThat(cases.audit.kinds()).isEmpty();
      assertThat(other.audit.kinds()).containsExactly(Kind.USER_REGISTERED);
    }
    assertThat(register(application))
        .isEqualTo(cases.registerUserOnce.registerInstead(application, key, Sample.ORIGIN));
  }

  @Test
  void leavesTheKeyFreeWhenTheHasherRefuses() {
    var application = application(Sample.email(), PASSWORD, Optional.empty());
    cases.hasher.refuseNext();
    assertRefused(ErrorCode.OVERLOADED, () -> register(application));

    User user = register(application);

    assertThat(users().find(user.id())).contains(user);
  }

  @Test
  void makesOneUserOfParallelTwinsOnOneInstance() throws Exception {
    makesOneUser(List.of(cases));
  }

  @Test
  void makesOneUserOfParallelTwinsOnManyInstances() throws Exception {
    var instances = new ArrayList<UseCases>();
    for (int number = 0; number < TWINS; number++) {
      instances.add(instance());
    }
    makesOneUser(instances);
  }

  private void makesOneUser(List<UseCases> instances) throws Exception {
    var application = application(Sample.email(), PASSWORD, Optional.empty());
    var barrier = new CyclicBarrier(TWINS);
    var parts = new ArrayList<Callable<Object>>();
    for (int twin = 0; twin < TWINS; twin++) {
      UseCases instance = instances.get(twin % instances.size());
      parts.add(
          () -> {
            barrier.await();
            return outcome(instance, application);
          });
    }
    List<Object> outcomes = atOnce(parts);

    outcomes.removeIf(ErrorCode.IDEMPOTENCY_IN_PROGRESS::equals);
    assertThat(outcomes).isNotEmpty();
    assertThat(outcomes).containsOnly(register(application));
    long registered =
        instances.stream()
            .mapToLong(each -> Collections.frequency(each.audit.kinds(), Kind.USER_REGISTERED))
            .sum();
    assertThat(registered).isOne();
  }

  private Object outcome(UseCases instance, RegisterUser.RegistrationRequest application) {
    try {
      return instance.registerUserOnce.register(application, key, Sample.ORIGIN);
    } catch (GatehouseException refusal) {
      return refusal.code();
    }
  }

  private static List<Object> atOnce(List<Callable<Object>> parts)
      throws InterruptedException, ExecutionException {
    var outcomes = new ArrayList<Object>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Object> outcome : threads.invokeAll(parts)) {
        outcomes.add(outcome.get());
      }
    }
    return outcomes;
  }

  private IdempotencyState claim(String key, NewUser claimant, Duration lease) {
    return registrations().claim(key, claimant.id(), DAY, lease);
  }

  private IdempotencyState takeOver(String key, NewUser claimant) {
    return registrations().takeOver(key, claimant.id(), DAY, LEASE);
  }

  private IdempotencyState use(String key) {
    return registrations().find(key, DAY);
  }

  private UseCases instance() {
    return new UseCases(users(), sessions(), registrations());
  }

  private static UseCases onTwins() {
    var accounts = new InMemoryAccounts();
    return new UseCases(accounts.users(), accounts.sessions(), accounts.registrations());
  }

  private User register(RegisterUser.RegistrationRequest application) {
    return cases.registerUserOnce.register(application, key, Sample.ORIGIN);
  }

  private static RegisterUser.RegistrationRequest application(
      String email, String password, Optional<String> displayName) {
    return new RegisterUser.RegistrationRequest(
        email, password, ProfileInput.of(Profile.Field.DISPLAY_NAME, displayName));
  }

  private Optional<User> add(NewUser user, String key) {
    return registrations().add(user, Sample.hash("one"), key, "request", DAY);
  }

  /// The registration of a user that is stored, at the time of its storing.
  private IdempotencyState registered(String key, NewUser user) {
    User stored = users().find(user.id()).orElseThrow();
    return new IdempotencyState.Registered(
        new IdempotencyRecord(key, "request", stored.id(), stored.createdAt()));
  }
}
