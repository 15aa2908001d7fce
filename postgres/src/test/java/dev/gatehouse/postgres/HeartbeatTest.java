package dev.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HeartbeatTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void countsTheInstancesThatLive() throws SQLException {
    put("now() - interval '11 s'");
    try (var first = start()) {
      assertThat(first.count()).isEqualTo(1);
      try (var second = start()) {
        assertThat(second.count()).isEqualTo(2);
        await().atMost(PATIENCE).until(() -> first.count() == 2);
      }
      await().atMost(PATIENCE).until(() -> first.count() == 1);
    }
    assertThat(rows("seen_at > now() - interval '10 s'")).isZero();
  }

  @Test
  void strikesOffWhoWasNotSeenForAMinute() throws SQLException {
    put("now() - interval '2 min'");

    start().close();

    assertThat(rows("seen_at < now() - interval '1 min'")).isZero();
  }

  private static Heartbeat start() {
    return Heartbeat.start(DATABASE.get(), UUID.randomUUID());
  }

  private static void put(String seenAt) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO instances VALUES (gen_random_uuid(), " + seenAt + ")");
    }
  }

  private static int rows(String condition) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM instances WHERE " + condition)) {
      row.next();
      return row.getInt(1);
    }
  }
}
