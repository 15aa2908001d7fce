package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.GatehouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The contract of stores of users that protects the last administrator.
public abstract class LastAdministratorContract {
  private static final int ROUNDS = 50;

  /// The store under test; its only administrators are those of this suite.
  protected abstract Users users();

  /// The sessions of the same store.
  protected abstract Sessions sessions();

  /// Each way to lose the role of an administrator.
  enum Withdrawal {
    LOSES_THE_ROLE,
    LOSES_THE_ROLE_AND_KEEPS_SESSIONS,
    IS_DISABLED,
    IS_REMOVED;

    List<SessionId> of(User user, Users users) {
      User without = changed(user, user.status(), Set.of());
      return switch (this) {
        case LOSES_THE_ROLE -> users.updateAndEndSessions(without).ended();
        case LOSES_THE_ROLE_AND_KEEPS_SESSIONS -> users.update(without).ended();
        case IS_DISABLED -> users.update(changed(user, UserStatus.DISABLED, user.roles())).ended();
        case IS_REMOVED -> users.remove(user.id());
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheLastActiveAdministrator(Withdrawal withdrawal) {
    User last = onlyAdministrator();
    Session session = Sample.opened(sessions(), last.id(), Sample.hash("any"));
    added(UserStatus.DISABLED);

    assertRefused(ErrorCode.LAST_ADMINISTRATOR, () -> withdrawal.of(last, users()));

    assertThat(users().find(last.id())).contains(last);
    assertThat(sessions().find(session.id())).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void letsOneOfTwoAdministratorsGo(Withdrawal withdrawal) {
    User other = onlyAdministrator();
    User last = added(UserStatus.ACTIVE);

    withdrawal.of(other, users());

    assertThat(administrators()).containsExactly(last);
  }

  @ParameterizedTest
  @EnumSource
  void keepsOneOfTwoWhoRemoveEachOtherAtOnce(Withdrawal withdrawal) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      User first = onlyAdministrator();
      User second = added(UserStatus.ACTIVE);

      List<String> outcomes = atOnce(withdrawal, List.of(first, second));

      assertThat(outcomes)
          .as("round %d", round)
          .containsExactlyInAnyOrder("done", ErrorCode.LAST_ADMINISTRATOR.name());
      assertThat(administrators()).hasSize(1);
    }
  }

  @Test
  void changesTheLastAdministratorInEveryOtherWay() {
    User last = onlyAdministrator();

    User renamed = last.with(Profile.EMPTY);
    users().update(renamed);
    users().update(changed(renamed, UserStatus.ACTIVE, Set.of(Role.ADMIN, new Role("billing"))));

    assertThat(administrators()).hasSize(1);
  }

  @Test
  void saysThatTheVersionIsStaleBeforeItCountsAdministrators() {
    User last = onlyAdministrator();
    users().update(last.with(Profile.EMPTY));

    assertRefused(
        ErrorCode.STALE_VERSION, () -> users().update(changed(last, UserStatus.ACTIVE, Set.of())));
  }

  private List<String> atOnce(Withdrawal withdrawal, List<User> administrators) throws Exception {
    var barrier = new CyclicBarrier(administrators.size());
    var parts = new ArrayList<Callable<String>>();
    for (User user : administrators) {
      parts.add(
          () -> {
            barrier.await();
            try {
              withdrawal.of(user, users());
              return "done";
            } catch (GatehouseException refusal) {
              return refusal.code().name();
            }
          });
    }
    var outcomes = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> outcome : threads.invokeAll(parts)) {
        outcomes.add(outcome.get());
      }
    }
    return outcomes;
  }

  /// Creates an administrator; earlier ones lose the role.
  private User onlyAdministrator() {
    List<User> before = administrators();
    User only = added(UserStatus.ACTIVE);
    before.forEach(user -> users().remove(user.id()));
    return only;
  }

  private User added(UserStatus status) {
    NewUser plain = Sample.newUser();
    var user =
        new NewUser(
            plain.id(),
            plain.email(),
            plain.profile(),
            true,
            status,
            Set.of(Role.ADMIN),
            Optional.empty());
    return users().add(user, Sample.hash("any"));
  }

  private static User changed(User user, UserStatus status, Set<Role> roles) {
    return new User(
        user.id(),
        user.email(),
        user.profile(),
        user.emailVerified(),
        status,
        roles,
        user.createdAt(),
        user.updatedAt(),
        user.version() + 1);
  }

  private List<User> administrators() {
    var found = new ArrayList<User>();
    List<User> page = page(Optional.empty());
    while (!page.isEmpty()) {
      page.stream().filter(User::administrator).forEach(found::add);
      page = page(Optional.of(new UserQuery.Position.Id(page.getLast().id())));
    }
    return found;
  }

  private List<User> page(Optional<UserQuery.Position> after) {
    Optional<UserStatus> active = Optional.of(UserStatus.ACTIVE);
    return users().search(new UserQuery(Optional.empty(), Optional.empty(), active, 200, after));
  }
}
