package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.ErrorCode;
import java.time.Duration;
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
    User user = added(Sample.user());

    assertThat(users().find(user.id())).contains(user);
    assertThat(users().findCredentials(user.id())).contains(new Credentials(user, HASH));
    assertThat(users().findCredentials(user.email())).contains(new Credentials(user, HASH));
    assertThat(users().isTaken(user.email())).isTrue();
  }

  @Test
  void keepsEveryValueOfAUser() {
    User plain = Sample.user();
    var user =
        new User(
            plain.id(),
            plain.email(),
            Profile.EMPTY,
            true,
            UserStatus.DISABLED,
            Set.of(Role.ADMIN, new Role("billing")),
            Sample.NOON,
            Sample.NOON.plus(Duration.ofNanos(1_000)),
            7);

    assertThat(users().find(added(user).id())).contains(user);
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
    added(Sample.user(email));

    assertRefused(
        ErrorCode.EMAIL_TAKEN,
        () -> users().add(Sample.user(email.toUpperCase(Locale.ROOT)), HASH));
  }

  @Test
  void writesAChangedUser() {
    User user = added(Sample.user());
    User moved = user.movedTo(EmailAddress.parse(Sample.email()), Sample.NOON.plusSeconds(1));

    users().update(moved);

    assertThat(users().find(user.id())).contains(moved);
    assertThat(users().isTaken(user.email())).isFalse();
    assertThat(users().findCredentials(moved.email())).contains(new Credentials(moved, HASH));
  }

  @Test
  void refusesAChangeToAVersionThatIsNoLongerThere() {
    User user = added(Sample.user());
    users().update(user.with(Profile.EMPTY, Sample.NOON));

    assertRefused(
        ErrorCode.STALE_VERSION, () -> users().update(user.with(Profile.EMPTY, Sample.NOON)));
  }

  @Test
  void refusesToMoveAUserToAnAddressThatIsTaken() {
    User first = added(Sample.user());
    User second = added(Sample.user());

    assertRefused(
        ErrorCode.EMAIL_TAKEN, () -> users().update(second.movedTo(first.email(), Sample.NOON)));
    assertThat(users().find(second.id())).contains(second);
  }

  @Test
  void refusesToChangeAStranger() {
    User stranger = Sample.user();

    assertRefused(
        ErrorCode.NOT_FOUND, () -> users().update(stranger.with(Profile.EMPTY, Sample.NOON)));
    assertRefused(
        ErrorCode.NOT_FOUND,
        () -> users().changePassword(stranger.id(), HASH, HASH, Optional.empty(), Sample.NOON));
  }

  @Test
  void endsAllSessionsOfAUserThatBecomesDisabled() {
    User user = added(Sample.user());
    Session session = opened(user);
    User other = added(Sample.user());
    Session others = opened(other);

    assertThat(users().update(disabled(user))).containsExactly(session.id());
    assertThat(sessions().find(session.id())).isEmpty();
    assertThat(sessions().find(others.id())).isPresent();
  }

  @Test
  void keepsSessionsWhenOnlyTheNameChanges() {
    User user = added(Sample.user());
    Session session = opened(user);

    assertThat(users().update(user.with(Profile.EMPTY, Sample.NOON))).isEmpty();
    assertThat(sessions().find(session.id())).contains(session);
  }

  @Test
  void endsAllSessionsWhenAskedTo() {
    User user = added(Sample.user());
    Session session = opened(user);
    User renamed = user.with(Profile.EMPTY, Sample.NOON);

    assertThat(users().updateAndEndSessions(renamed)).containsExactly(session.id());
    assertThat(users().find(user.id())).contains(renamed);
    assertThat(sessions().find(session.id())).isEmpty();
    assertRefused(ErrorCode.STALE_VERSION, () -> users().updateAndEndSessions(renamed));
  }

  @Test
  void changesThePasswordAndEndsTheOtherSessions() {
    User user = added(Sample.user());
    Session kept = opened(user);
    Session ended = opened(user);
    PasswordHash next = Sample.hash("second");

    var result = users().changePassword(user.id(), HASH, next, Optional.of(kept.id()), Sample.NOON);

    assertThat(result).containsExactly(ended.id());
    assertThat(hashOf(user.id())).contains(next);
    assertThat(sessions().list(user.id())).containsExactly(kept);
  }

  @Test
  void refusesToChangeAPasswordThatIsNoLongerTheVerifiedOne() {
    User user = added(Sample.user());
    Session session = opened(user);

    assertRefused(
        ErrorCode.STALE_VERSION,
        () ->
            users()
                .changePassword(
                    user.id(), Sample.hash("old"), HASH, Optional.empty(), Sample.NOON));
    assertThat(hashOf(user.id())).contains(HASH);
    assertThat(sessions().find(session.id())).isPresent();
  }

  @Test
  void rehashesOnlyTheVerifiedForm() {
    User user = added(Sample.user());
    PasswordHash stronger = Sample.hash("stronger");

    assertThat(users().rehash(user.id(), Sample.hash("other"), stronger)).isFalse();
    assertThat(hashOf(user.id())).contains(HASH);
    assertThat(users().rehash(user.id(), HASH, stronger)).isTrue();
    assertThat(hashOf(user.id())).contains(stronger);
    assertThat(users().find(user.id())).contains(user);
  }

  @Test
  void removesAUserWithAllSessionsAndFreesTheAddress() {
    User user = added(Sample.user());
    Session session = opened(user);

    assertThat(users().remove(user.id(), Sample.NOON)).containsExactly(session.id());
    assertThat(users().find(user.id())).isEmpty();
    assertThat(sessions().find(session.id())).isEmpty();
    added(Sample.user(user.email().value()));
  }

  @Test
  void removingAStrangerChangesNothing() {
    assertThat(users().remove(Sample.user().id(), Sample.NOON)).isEmpty();
  }

  private User added(User user) {
    users().add(user, HASH);
    return user;
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
        Sample.NOON,
        user.version() + 1);
  }

  private Optional<PasswordHash> hashOf(UserId id) {
    return users().findCredentials(id).map(Credentials::passwordHash);
  }
}
