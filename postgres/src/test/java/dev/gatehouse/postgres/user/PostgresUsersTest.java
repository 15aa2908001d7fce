package dev.gatehouse.postgres.user;

import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.session.PostgresSessions;
import dev.gatehouse.testkit.accounts.UsersContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresUsersTest extends UsersContract {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @Override
  protected Users users() {
    return new PostgresUsers(DATABASE.get());
  }

  @Override
  protected Sessions sessions() {
    return new PostgresSessions(DATABASE.get());
  }
}
