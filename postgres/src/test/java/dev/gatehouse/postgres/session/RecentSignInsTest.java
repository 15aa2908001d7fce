package dev.gatehouse.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.session.NewSession;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.accounts.Sample;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RecentSignInsTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  private static final SecureRandom RANDOM = new SecureRandom();

  /// More than one page, so that none of them is lost between two.
  private static final int SESSIONS = 1_500;

  @Test
  void tellsFromWhereWhoSignedInTheLatestFirst() {
    var users = new PostgresUsers(DATABASE.get());
    var sessions = new PostgresSessions(DATABASE.get());
    User user = users.add(Sample.newUser(), Sample.hash("one"));
    for (int number = 0; number < SESSIONS; number++) {
      var session = new NewSession(sessionId(number), user.id(), "sample", ip(number));
      RefreshToken token = Sample.token(session);
      assertThat(sessions.open(session, Sample.LIFETIME, token, Sample.hash("one"))).isPresent();
    }

    List<String> seen = new CopyOnWriteArrayList<>();
    try (var _ =
        RecentSignIns.read(
            DATABASE.get(),
            (account, ip) -> seen.add(account + " from " + ip),
            new PeriodicTasks(PeriodicTaskListener.NONE))) {
      await().atMost(Duration.ofSeconds(20)).until(() -> seen.size() == SESSIONS);
    }

    String account = user.email().canonical();
    assertThat(seen).first().isEqualTo(account + " from " + ip(SESSIONS - 1));
    assertThat(seen).last().isEqualTo(account + " from " + ip(0));
    assertThat(seen).doesNotHaveDuplicates();
  }

  /// One millisecond after the other, as their order needs.
  private static SessionId sessionId(int number) {
    var ids = new TimeOrderedIds(() -> Sample.NOON.plusMillis(number), RANDOM);
    return new SessionId(ids.next());
  }

  private static String ip(int number) {
    return "10.0.%d.%d".formatted(number / 256, number % 256);
  }
}
