package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.administration.AdministerUser;
import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.audit.AuditEvent.Kind;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.ProfileUpdate;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.errors.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdministerUserTest {
  private static final Role BILLING = new Role("billing");

  private final InMemoryAccounts accounts = new InMemoryAccounts();
  private final InMemoryAuditLog audit = new InMemoryAuditLog();
  private final RecentRevocations revocations =
      new RecentRevocations(Duration.ofMinutes(5), System::nanoTime);
  private final AdministerUser administer =
      new AdministerUser(accounts.users(), accounts.sessions(), revocations, audit);

  @Test
  void endsTheSessionsOfWhoLosesARole() {
    User user = changed(added(), UserChange.of(Set.of(new Role("support"), BILLING)));
    Session session = opened(user);

    changed(user, UserChange.of(Set.of(BILLING)));

    assertThat(revocations.contains(session.id())).isTrue();
    assertThat(audit.kinds()).containsExactly(Kind.ROLES_CHANGED, Kind.ROLES_CHANGED);
  }

  @Test
  void keepsTheSessionsOfWhoGainsARole() {
    User user = added();
    Session session = opened(user);

    changed(user, UserChange.of(Set.of(BILLING)));

    assertThat(revocations.contains(session.id())).isFalse();
  }

  @Test
  void endsTheSessionsOfWhoIsDisabled() {
    User user = added();
    Session session = opened(user);

    changed(user, UserChange.of(UserStatus.DISABLED));
    changed(user, UserChange.of(UserStatus.ACTIVE));

    assertThat(revocations.contains(session.id())).isTrue();
    assertThat(audit.kinds()).containsExactly(Kind.USER_DISABLED, Kind.USER_ENABLED);
  }

  @Test
  void takesAVerifiedAddressForUnverifiedAfterAMove() {
    User user = added();
    EmailAddress address = EmailAddress.parse(Sample.email());
    var move =
        new UserChange(
            ProfileUpdate.NONE,
            Optional.of(address),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    changed(user, UserChange.ofVerified(true));

    User moved = changed(user, move);

    assertThat(moved.email()).isEqualTo(address);
    assertThat(moved.emailVerified()).isFalse();
    assertThat(moved.version()).isEqualTo(user.version() + 2);
    assertThat(audit.kinds()).containsExactly(Kind.EMAIL_VERIFIED, Kind.EMAIL_CHANGED);
  }

  @Test
  void recordsThatAnAddressIsVerifiedOrNoLonger() {
    User user = added();
    Session session = opened(user);

    assertThat(changed(user, UserChange.ofVerified(true)).emailVerified()).isTrue();
    assertThat(changed(user, UserChange.ofVerified(true)).emailVerified()).isTrue();
    assertThat(changed(user, UserChange.ofVerified(false)).emailVerified()).isFalse();

    assertThat(audit.kinds()).containsExactly(Kind.EMAIL_VERIFIED, Kind.EMAIL_UNVERIFIED);
    assertThat(revocations.contains(session.id())).isFalse();
  }

  @Test
  void keepsTheVersionWhenNothingChanges() {
    User user = added();

    assertThat(changed(user, UserChange.of(UserStatus.ACTIVE))).isEqualTo(user);
    assertThat(audit.kinds()).isEmpty();
  }

  @Test
  void refusesToLockAnAdministratorOut() {
    User admin = changed(added(), UserChange.of(Set.of(Role.ADMIN)));
    Actor self = Actor.user(admin.id());

    assertRefused(ErrorCode.FORBIDDEN, () -> change(admin, UserChange.of(Set.of()), self));
    assertRefused(
        ErrorCode.FORBIDDEN, () -> change(admin, UserChange.of(UserStatus.DISABLED), self));
    assertRefused(ErrorCode.FORBIDDEN, () -> administer.delete(admin.id(), self, Sample.ORIGIN));
    assertThat(accounts.users().find(admin.id())).contains(admin);
    assertThat(change(admin, UserChange.of(Set.of(Role.ADMIN, BILLING)), self).roles())
        .contains(BILLING);
    changed(added(), UserChange.of(Set.of(Role.ADMIN)));
    assertThat(changed(admin, UserChange.of(Set.of())).roles()).isEmpty();
  }

  @Test
  void keepsTheLastAdministratorWhoeverAsks() {
    User admin = changed(added(), UserChange.of(Set.of(Role.ADMIN)));

    assertRefused(
        ErrorCode.LAST_ADMINISTRATOR, () -> changed(admin, UserChange.of(UserStatus.DISABLED)));
    assertRefused(
        ErrorCode.LAST_ADMINISTRATOR,
        () -> administer.delete(admin.id(), Actor.OPERATOR, Sample.ORIGIN));
    assertThat(accounts.users().find(admin.id())).contains(admin);
  }

  @Test
  void refusesStrangersAndStaleVersions() {
    User user = added();
    var stranger = new UserId(Sample.id());

    assertRefused(
        ErrorCode.NOT_FOUND, () -> administer.delete(stranger, Actor.OPERATOR, Sample.ORIGIN));
    assertRefused(
        ErrorCode.NOT_FOUND, () -> administer.endSessions(stranger, Actor.OPERATOR, Sample.ORIGIN));
    assertRefused(
        ErrorCode.STALE_VERSION,
        () ->
            administer.change(
                user.id(),
                OptionalLong.of(7),
                _ -> UserChange.of(UserStatus.DISABLED),
                Actor.OPERATOR,
                Sample.ORIGIN));
  }

  @Test
  void deletesAUserAndEndsItsSessions() {
    User user = added();
    Session session = opened(user);

    administer.delete(user.id(), Actor.OPERATOR, Sample.ORIGIN);

    assertThat(revocations.contains(session.id())).isTrue();
    assertThat(accounts.users().find(user.id())).isEmpty();
    assertThat(audit.kinds()).containsExactly(Kind.USER_DELETED);
  }

  @Test
  void endsAllSessionsOfAUser() {
    User user = added();
    Session session = opened(user);

    administer.endSessions(user.id(), Actor.OPERATOR, Sample.ORIGIN);

    assertThat(revocations.contains(session.id())).isTrue();
    assertThat(accounts.users().find(user.id())).contains(user);
  }

  private User added() {
    return accounts.users().add(Sample.newUser(), Sample.hash("any"));
  }

  private Session opened(User user) {
    return Sample.opened(accounts.sessions(), user.id(), Sample.hash("any"));
  }

  private User changed(User user, UserChange change) {
    return change(user, change, Actor.OPERATOR);
  }

  private User change(User user, UserChange change, Actor actor) {
    return administer.change(user.id(), OptionalLong.empty(), _ -> change, actor, Sample.ORIGIN);
  }
}
