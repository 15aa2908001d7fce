package dev.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.model.KeyUse;
import dev.gatehouse.accounts.model.PasswordHash;
import dev.gatehouse.accounts.model.Registration;
import dev.gatehouse.accounts.model.Session;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.testkit.accounts.Sample;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SweeperTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();
  private static final PasswordHash HASH = Sample.hash("first");
  private static final Duration FOREVER = Duration.ofDays(1);

  private final PostgresSessions sessions = new PostgresSessions(DATABASE.get());

  @Test
  void removesExpiredSessionsAndNoOthers() {
    User user = Sample.user();
    new PostgresUsers(DATABASE.get()).add(user, HASH);
    List<Session> expired = new ArrayList<>();
    for (int i = 0; i < 1100; i++) {
      expired.add(opened(user, Sample.NOON.minusSeconds(i)));
    }
    Session live = opened(user, Sample.NOON.plus(Duration.ofDays(1)));
    Instant idleEnd = Sample.NOON.plus(Duration.ofDays(30));

    assertThat(Sweeper.sweep(DATABASE.get(), FOREVER, () -> idleEnd)).isEqualTo(1100);

    assertThat(sessions.find(expired.getFirst().id(), Sample.NOON)).isEmpty();
    assertThat(sessions.find(live.id(), Sample.NOON)).isPresent();
    assertThat(Sweeper.sweep(DATABASE.get(), FOREVER, () -> idleEnd)).isZero();
  }

  @Test
  void removesRevocationsThatNoLongerMatter() {
    User user = Sample.user();
    new PostgresUsers(DATABASE.get()).add(user, HASH);
    Session session = opened(user, Sample.NOON);
    sessions.end(user.id(), session.id(), Sample.NOON);

    assertThat(Sweeper.sweep(DATABASE.get(), FOREVER, () -> Sample.NOON)).isZero();
    assertThat(Sweeper.sweep(DATABASE.get(), Duration.ZERO, () -> Sample.NOON)).isEqualTo(1);
  }

  @Test
  void removesChangesThatNoCacheCanHaveMissed() throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO user_changes (changed_at, user_id)
          SELECT now() - n * interval '1 hour', gen_random_uuid() FROM generate_series(23, 27) AS n
          """);
    }

    assertThat(Sweeper.sweep(DATABASE.get(), FOREVER, () -> Sample.NOON)).isEqualTo(3);
    assertThat(Sweeper.sweep(DATABASE.get(), FOREVER, () -> Sample.NOON)).isZero();
  }

  @Test
  void removesRegistrationsAfterADayAndClaimsThatHaveEnded() {
    var registrations = new PostgresRegistrations(DATABASE.get());
    User user = Sample.user();
    var registration = new Registration("old", "request", user.id(), Sample.NOON);
    registrations.add(user, HASH, registration, Instant.EPOCH);
    registrations.claim("ended", user.id(), Instant.EPOCH, Duration.ZERO);
    registrations.claim("in force", user.id(), Instant.EPOCH, Duration.ofMinutes(5));

    assertThat(sweepAt(Sample.NOON.plus(Duration.ofHours(24)))).isEqualTo(1);
    assertThat(sweepAt(Sample.NOON.plus(Duration.ofHours(25)))).isEqualTo(1);

    assertThat(registrations.find("old", Instant.EPOCH)).isEqualTo(new KeyUse.Unused());
    assertThat(registrations.find("in force", Instant.EPOCH)).isEqualTo(new KeyUse.Claimed());
    registrations.release("in force", user.id());
  }

  private static int sweepAt(Instant now) {
    return Sweeper.sweep(DATABASE.get(), FOREVER, () -> now);
  }

  private Session opened(User user, Instant at) {
    Session session = Sample.session(user.id(), at);
    assertThat(sessions.open(session, Sample.token(session), HASH)).isTrue();
    return session;
  }
}
