package dev.gatehouse.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.session.NewSession;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.Rotation;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.testkit.accounts.InMemoryRefreshTokenChain;
import dev.gatehouse.testkit.accounts.Sample;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Refresh tokens whose uses are dated ahead, as after the database's clock was set back or a
/// server took over whose clock is behind.
class SteppedBackClockTest {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final PasswordHash HASH = Sample.hash("first");

  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  private final InMemoryRefreshTokenChain chain = new InMemoryRefreshTokenChain();
  private final PostgresSessions sessions = new PostgresSessions(DATABASE.get());
  private NewSession session = Sample.session(Sample.user().id());
  private RefreshToken first = chain.first(session.id());

  @BeforeEach
  void signIn() {
    User user = new PostgresUsers(DATABASE.get()).add(Sample.newUser(), HASH);
    session = Sample.session(user.id());
    first = chain.first(session.id());
    assertThat(sessions.open(session, Sample.LIFETIME, first, HASH)).isPresent();
  }

  @Test
  void takesAUsedTokenForTheft() throws Exception {
    rotate(first);
    dateAhead("1 hour");

    assertThat(rotate(first)).isInstanceOf(Rotation.Reused.class);
  }

  @Test
  void takesAUsedTokenForTheftWhenTheClockReachesItsTimeAgain() throws Exception {
    rotate(first);
    dateAhead("5 seconds");
    rotate(chain.successor(first));
    store("ARRAY[now() - interval '1 hour', now() + interval '5 seconds']");

    assertThat(rotate(first)).isInstanceOf(Rotation.Reused.class);
  }

  @Test
  void takesAUsedTokenForTheftWhenAllItsSuccessorsAreDatedAhead() throws Exception {
    rotate(first);
    rotate(chain.successor(first));
    dateAhead("31 days");

    assertThat(rotate(first)).isInstanceOf(Rotation.Reused.class);
  }

  @Test
  void continuesAfterAStepWithinTheGrace() throws Exception {
    rotate(first);
    dateAhead("2 seconds");

    assertThat(rotate(first)).isInstanceOf(Rotation.Continued.class);
  }

  @Test
  void refusesNoCurrentTokenForUsesDatedAhead() throws Exception {
    RefreshToken current = first;
    for (int use = 0; use < PostgresSessions.MOST_WITHIN_GRACE; use++) {
      rotate(current);
      current = chain.successor(current);
    }
    assertThat(rotate(current)).isInstanceOf(Rotation.TooFrequent.class);
    dateAhead("1 hour");

    assertThat(rotate(current)).isInstanceOf(Rotation.Continued.class);
    assertThat(rotate(chain.successor(current))).isInstanceOf(Rotation.Continued.class);
    assertThat(rotate(first)).isInstanceOf(Rotation.Reused.class);
  }

  private Rotation rotate(RefreshToken used) {
    return sessions.rotate(used, chain.successor(used), Duration.ofDays(30), GRACE);
  }

  private void dateAhead(String step) throws SQLException {
    store(
        "ARRAY(SELECT used + interval '%s' FROM unnest(rotations) WITH ORDINALITY AS uses (used, n) ORDER BY n)"
            .formatted(step));
  }

  private void store(String rotations) throws SQLException {
    try (var connection = DATABASE.connect();
        var update =
            connection.prepareStatement(
                "UPDATE sessions SET rotations = " + rotations + " WHERE id = ?")) {
      update.setObject(1, session.id().value());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }
}
