package dev.gatehouse.postgres.session;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.testkit.accounts.SessionsContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresSessionsTest extends SessionsContract {
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
  protected void age(UserId user, Duration age) {
    SessionRows.age(DATABASE.get(), user, age);
  }
}
