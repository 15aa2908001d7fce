package dev.gatehouse.postgres.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.registration.IdempotencyRecords;
import dev.gatehouse.accounts.registration.IdempotencyState;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.session.PostgresSessions;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.testkit.accounts.IdempotentRegistrationContract;
import dev.gatehouse.testkit.accounts.Sample;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresIdempotentRegistrationTest extends IdempotentRegistrationContract {
  private static final Duration DAY = Duration.ofDays(1);

  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @Override
  protected Users users() {
    return new PostgresUsers(DATABASE.get());
  }

  @Override
  protected Sessions sessions() {
    return new PostgresSessions(DATABASE.get());
  }

  @Override
  protected IdempotencyRecords registrations() {
    return new PostgresIdempotencyRecords(DATABASE.get());
  }

  @Override
  protected void age(Duration age) {
    RegistrationRows.age(DATABASE.get(), age);
  }

  @Test
  void holdsNoClaimThatIsDatedAheadSinceTheClockWasSetBack() throws Exception {
    String key = UUID.randomUUID().toString();
    NewUser first = Sample.newUser();
    NewUser second = Sample.newUser();
    registrations().claim(key, first.id(), DAY, Duration.ofSeconds(15));
    dateAhead(key);

    assertThat(registrations().find(key, DAY)).isEqualTo(new IdempotencyState.Unused());
    assertThat(registrations().claim(key, second.id(), DAY, Duration.ofSeconds(15)))
        .isEqualTo(new IdempotencyState.Unused());
    dateAhead(key);
    assertThat(registrations().add(first, Sample.hash("one"), key, "request", DAY)).isPresent();
  }

  private static void dateAhead(String key) throws SQLException {
    try (var connection = DATABASE.connect();
        var update =
            connection.prepareStatement(
                """
                UPDATE registrations SET claimed_until = claimed_until + interval '1 hour'
                WHERE key = ?
                """)) {
      update.setString(1, key);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }
}
