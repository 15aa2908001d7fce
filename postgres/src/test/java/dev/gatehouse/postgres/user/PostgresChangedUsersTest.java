package dev.gatehouse.postgres.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.ChangedUser;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.postgres.HungBackends;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.testkit.accounts.Sample;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresChangedUsersTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  /// More than any test takes, and much less than the age of the changes made to look old.
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final PostgresUsers users = new PostgresUsers(DATABASE.get());
  private final PostgresChangedUsers changes = new PostgresChangedUsers(DATABASE.settings());

  @AfterEach
  void close() {
    changes.close();
  }

  @Test
  void tellsOfChangesAtOnceWithTheirVersion() {
    User user = added();

    users.update(user.with(Profile.EMPTY));
    assertThat(changesOf(user.id())).containsExactly(version(user, 2));

    users.updateAndEndSessions(user.nextVersion().nextVersion());
    assertThat(changesOf(user.id())).containsExactly(version(user, 3));
  }

  @Test
  void tellsOfDeletions() {
    User user = added();

    users.remove(user.id());

    assertThat(changesOf(user.id()))
        .containsExactly(new ChangedUser(user.id(), OptionalLong.empty()));
  }

  @Test
  void doesNotTellOfNewUsersNorOfPasswords() {
    User user = added();

    assertThat(users.rehash(user.id(), Sample.hash("first"), Sample.hash("second"))).isTrue();

    assertThat(changesOf(user.id())).isEmpty();
  }

  @Test
  void tellsOfWhatOthersWriteByHand() throws SQLException {
    User user = added();

    execute("UPDATE users SET version = version + 1, display_name = 'x' WHERE id = '%s'", user);

    assertThat(changesOf(user.id())).containsExactly(version(user, 2));
  }

  /// The newest are passed on whatever the clocks say: see [FeedTable].
  @Test
  void beginsWithWhatTheMemoryHoldsAndTheNewest() throws SQLException {
    User old = added();
    users.update(old.with(Profile.EMPTY));
    execute(
        "UPDATE user_changes SET changed_at = changed_at - interval '90 days' WHERE user_id = '%s'",
        old);
    User older = added();
    users.update(older.with(Profile.EMPTY));
    execute(
        """
        UPDATE user_changes SET changed_at = changed_at - interval '10 min', position = 0, xid = '0'
        WHERE user_id = '%s'
        """,
        older);

    List<UserId> first = ids(WINDOW);
    assertThat(first).contains(old.id()).doesNotContain(older.id());
    try (var patient = new PostgresChangedUsers(DATABASE.settings())) {
      var found = new ArrayList<UserId>();
      patient.read(WINDOW.multipliedBy(3), change -> found.add(change.id()));
      assertThat(found).contains(old.id(), older.id());
    }
  }

  @Test
  void passesOnWhatWasNotDealtWithAgain() {
    User user = added();
    users.update(user.with(Profile.EMPTY));
    var failure = new IllegalStateException("not dealt with");

    assertThatThrownBy(
            () ->
                changes.read(
                    WINDOW,
                    _ -> {
                      throw failure;
                    }))
        .isSameAs(failure);

    assertThat(changesOf(user.id())).containsExactly(version(user, 2));
    assertThat(changesOf(user.id())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'infinity'", "now() + interval '1 hour'", "now() - interval '1 hour'"})
  void isNotMisledByTheTimesOfChanges(String time) throws SQLException {
    User user = added();
    User other = added();
    assertThat(changesOf(user.id())).isEmpty();
    execute(
        "INSERT INTO user_changes (changed_at, user_id, version) VALUES (%s, '%%s', 2)"
            .formatted(time),
        user);
    assertThat(changesOf(user.id())).containsExactly(version(user, 2));

    users.update(other.with(Profile.EMPTY));

    assertThat(changesOf(other.id())).containsExactly(version(other, 2));
  }

  @Test
  void asksASecondWayWhenItsConnectionHangs() throws Exception {
    User user = added();
    assertThat(changesOf(user.id())).isEmpty();
    users.update(user.with(Profile.EMPTY));
    try (var _ = HungBackends.stop(DATABASE, "%FROM user_changes%")) {
      long began = System.nanoTime();

      assertThat(changesOf(user.id())).containsExactly(version(user, 2));

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }
  }

  /// However long a transaction takes, its changes bear the time of its end.
  @Test
  void datesAChangeAtItsCommit() throws Exception {
    User user = added();
    OffsetDateTime beforeTheCommit;
    try (Connection slow = DATABASE.connect();
        var statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.executeUpdate(
          "UPDATE users SET version = version + 1 WHERE id = '%s'".formatted(user.id()));
      assertThat(changesOf(user.id())).isEmpty();
      beforeTheCommit = now(statement);
      slow.commit();
    }

    assertThat(changedAt(user)).isAfterOrEqualTo(beforeTheCommit);
    assertThat(changesOf(user.id())).containsExactly(version(user, 2));
  }

  @Test
  void goesOnOverAnotherConnectionWhenItsOwnIsLost() throws SQLException {
    User user = added();
    assertThat(changesOf(user.id())).isEmpty();
    execute(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND query LIKE '%%FROM user_changes%%'
        """,
        user);
    users.update(user.with(Profile.EMPTY));

    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(changesOf(user.id())).containsExactly(version(user, 2)));
  }

  private User added() {
    return users.add(Sample.newUser(), Sample.hash("first"));
  }

  private List<ChangedUser> changesOf(UserId id) {
    var found = new ArrayList<ChangedUser>();
    changes.read(WINDOW, found::add);
    return found.stream().filter(change -> change.id().equals(id)).toList();
  }

  private List<UserId> ids(Duration memory) {
    var found = new ArrayList<UserId>();
    changes.read(memory, change -> found.add(change.id()));
    return found;
  }

  private static ChangedUser version(User user, long version) {
    return new ChangedUser(user.id(), OptionalLong.of(version));
  }

  private static OffsetDateTime changedAt(User user) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      return time(
          statement,
          "SELECT changed_at FROM user_changes WHERE user_id = '%s'".formatted(user.id()));
    }
  }

  private static OffsetDateTime now(Statement statement) throws SQLException {
    return time(statement, "SELECT clock_timestamp()");
  }

  private static OffsetDateTime time(Statement statement, String query) throws SQLException {
    try (var row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getObject(1, OffsetDateTime.class);
    }
  }

  private static void execute(String sql, User user) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql.formatted(user.id()));
    }
  }
}
