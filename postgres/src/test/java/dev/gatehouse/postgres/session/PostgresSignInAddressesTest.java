package dev.gatehouse.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.testkit.accounts.Sample;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresSignInAddressesTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  private final PostgresUsers users = new PostgresUsers(DATABASE.get());
  private final PostgresSessions sessions = new PostgresSessions(DATABASE.get());
  private final NewUser user = Sample.newUser();

  @Test
  void findsTheAddressesOfOpenSessions() {
    registered();
    Session open = opened();

    assertThat(addresses()).containsExactly(open.ip());
  }

  @Test
  void findsTheAddressesOfEndedSessionsToo() throws SQLException {
    registered();
    record("sign_in_succeeded", "192.0.2.8", 1);
    Session ended = opened();
    record("sign_in_succeeded", ended.ip(), 1);
    sessions.endAll(user.id());

    assertThat(addresses()).containsExactlyInAnyOrder(ended.ip(), "192.0.2.8");
  }

  @Test
  void findsASignInBehindThousandsOfFailedGuesses() throws SQLException {
    registered();
    record("sign_in_succeeded", "192.0.2.8", 1);
    record("sign_in_failed", "203.0.113.1", 4_000);

    assertThat(addresses()).containsExactly("192.0.2.8");
  }

  @Test
  void knowsNoAddressOfAnUnknownAccount() {
    assertThat(addresses()).isEmpty();
  }

  private void registered() {
    users.add(user, Sample.hash("one"));
  }

  private Session opened() {
    return Sample.opened(sessions, user.id(), Sample.hash("one"));
  }

  private List<String> addresses() {
    return new PostgresSignInAddresses(DATABASE.get()).of(user.email().canonical());
  }

  private void record(String event, String ip, int times) throws SQLException {
    String sql =
        """
        INSERT INTO audit_events (recorded_at, event, actor, subject, ip, request_id)
        SELECT now(), ?, 'anonymous', ?, ?, 'request' FROM generate_series(1, ?)
        """;
    try (var connection = DATABASE.connect();
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, event);
      statement.setString(2, user.id().toString());
      statement.setString(3, ip);
      statement.setInt(4, times);
      statement.executeUpdate();
    }
  }
}
