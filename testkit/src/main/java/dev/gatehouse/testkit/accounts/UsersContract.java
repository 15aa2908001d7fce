package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.accounts.user.UserUpdate;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The contract of stores of users.
public abstract class UsersContract {
  private static final PasswordHash HASH = Sample.hash("first");

  /// The store under test; may hold other users.
  protected abstract Users users();

  /// The sessions of the same store.
  protected abstract Sessions sessions();

  @Test
  void findsWhatWasAdded() {
    User user = added(Sample.newUser());

    assertThat(users().find(user.id())).contains(user);
    assertThat(users().findCredentials(user.id())).contains(new Credentials(user, HASH));
    assertThat(users().findCredentials(user.email())).contains(new Credentials(user, HASH));
    assertThat(users().isTaken(user.email())).isTrue();
  }

  @Test
  void keepsEveryValueOfAUser() {
    NewUser plain = Sample.newUser();
    Instant createdAt = Sample.NOON.plus(Duration.ofNanos(1_000));
    var user =
        new NewUser(
            plain.id(),
            plain.email(),
            Profile.EMPTY,
            true,
            UserStatus.DISABLED,
            Set.of(Role.ADMIN, new Role("billing")),
            Optional.of(createdAt));

    User stored = added(user);

    assertThat(stored).isEqualTo(user.storedAt(stored.updatedAt()));
    assertThat(stored.createdAt()).isEqualTo(createdAt);
    assertThat(users().find(user.id())).contains(stored);
  }

  @Test
  void givesUsersItsOwnTime() {
    User user = added(Sample.newUser());

    assertThat(user.updatedAt()).isEqualTo(user.createdAt()).isAfter(Sample.NOON);
    User renamed = users().update(user.with(Profile.EMPTY)).user();
    assertThat(renamed.createdAt()).isEqualTo(user.createdAt());
    assertThat(renamed.updatedAt()).isAfterOrEqualTo(user.updatedAt());
  }

  @Test
  void findsNothingForStrangers() {
    User stranger = Sample.user();

    assertThat(users().find(stranger.id())).isEmpty();
    assertThat(users().findCredentials(stranger.id())).isEmpty();
    assertThat(users().findCredentials(stranger.email())).isEmpty();
    assertThat(users().isTaken(stranger.email())).isFalse();
  }

  @Test
  void refusesAnAddressThatIsTakenInAnotherSpelling() {
    String email = Sample.email();
    added(Sample.newUser(email));

    assertRefused(
        ErrorCode.EMAIL_TAKEN,
        () -> users().add(Sample.newUser(email.toUpperCase(Locale.ROOT)), HASH));
  }

  @Test
  void writesAChangedUser() {
    User user = added(Sample.newUser());

    User moved = users().update(user.movedTo(EmailAddress.parse(Sample.email()))).user();

    assertThat(users().find(user.id())).contains(moved);
    assertThat(users().isTaken(user.email())).isFalse();
    assertThat(users().findCredentials(moved.email())).contains(new Credentials(moved, HASH));
  }

  @Test
  void refusesAChangeToAVersionThatIsNoLongerThere() {
    User user = added(Sample.newUser());
    users().update(user.with(Profile.EMPTY));

    assertRefused(ErrorCode.STALE_VERSION, () -> users().update(user.with(Profile.EMPTY)));
  }

  @Test
  void refusesToMoveAUserToAnAddressThatIsTaken() {
    User first = added(Sample.newUser());
    User second = added(Sample.newUser());

    assertRefused(ErrorCode.EMAIL_TAKEN, () -> users().update(second.movedTo(first.email())));
    assertThat(users().find(second.id())).contains(second);
  }

  @Test
  void refusesToChangeAStranger() {
    User stranger = Sample.user();

    assertRefused(ErrorCode.NOT_FOUND, () -> users().update(stranger.with(Profile.EMPTY)));
    assertRefused(
        ErrorCode.NOT_FOUND,
        () -> users().changePassword(stranger.id(), HASH, HASH, Optional.empty()));
  }

  @Test
  void endsAllSessionsOfAUserThatBecomesDisabled() {
    User user = added(Sample.newUser());
    Session session = opened(user);
    User other = added(Sample.newUser());
    Session others = opened(other);

    assertThat(users().update(disabled(user)).ended()).containsExactly(session.id());
    assertThat(sessions().find(session.id())).isEmpty();
    assertThat(sessions().find(others.id())).isPresent();
  }

  @Test
  void keepsSessionsWhenOnlyTheNameChanges() {
    User user = added(Sample.newUser());
    Session session = opened(user);

    assertThat(users().update(user.with(Profile.EMPTY)).ended()).isEmpty();
    assertThat(sessions().find(session.id())).contains(session);
  }

  @Test
  void endsAllSessionsWhenAskedTo() {
    User user = added(Sample.newUser());
    Session session = opened(user);
    User renamed = user.with(Profile.EMPTY);

    UserUpdate update = users().updateAndEndSessions(renamed);

    assertThat(update.ended()).containsExactly(session.id());
    assertThat(update.user().profile()).isEqualTo(Profile.EMPTY);
    assertThat(users().find(user.id())).contains(update.user());
    assertThat(sessions().find(session.id())).isEmpty();
    assertRefused(ErrorCode.STALE_VERSION, () -> users().updateAndEndSessions(renamed));
  }

  @Test
  void changesThePasswordAndEndsTheOtherSessions() {
    User user = added(Sample.newUser());
    Session kept = opened(user);
    Session ended = opened(user);
    PasswordHash next = Sample.hash("second");

    var result = users().changePassword(user.id(), HASH, next, Optional.of(kept.id()));

    assertThat(result).containsExactly(ended.id());
    assertThat(hashOf(user.id())).contains(next);
    assertThat(sessions().list(user.id())).containsExactly(kept);
  }

  @Test
  void refusesToChangeAPasswordThatIsNoLongerTheVerifiedOne() {
    User user = added(Sample.newUser());
    Session session = opened(user);

    assertRefused(
        ErrorCode.STALE_VERSION,
        () -> users().changePassword(user.id(), Sample.hash("old"), HASH, Optional.empty()));
    assertThat(hashOf(user.id())).contains(HASH);
    assertThat(sessions().find(session.id())).isPresent();
  }

  @Test
  void rehashesOnlyTheVerifiedForm() {
    User user = added(Sample.newUser());
    PasswordHash stronger = Sample.hash("stronger");

    assertThat(users().rehash(user.id(), Sample.hash("other"), stronger)).isFalse();
    assertThat(hashOf(user.id())).contains(HASH);
    assertThat(users().rehash(user.id(), HASH, stronger)).isTrue();
    assertThat(hashOf(user.id())).contains(stronger);
    assertThat(users().find(user.id())).contains(user);
  }

  @Test
  void removesAUserWithAllSessionsAndFreesTheAddress() {
    User user = added(Sample.newUser());
    Session session = opened(user);

    assertThat(users().remove(user.id())).containsExactly(session.id());
    assertThat(users().find(user.id())).isEmpty();
    assertThat(sessions().find(session.id())).isEmpty();
    added(Sample.newUser(user.email().value()));
  }

  @Test
  void removingAStrangerChangesNothing() {
    assertThat(users().remove(Sample.user().id())).isEmpty();
  }

  private User added(NewUser user) {
    return users().add(user, HASH);
  }

  private Session opened(User user) {
    return Sample.opened(sessions(), user.id(), HASH);
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

  private Optional<PasswordHash> hashOf(UserId id) {
    return users().findCredentials(id).map(Credentials::passwordHash);
  }
}
