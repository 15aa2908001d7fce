package dev.gatehouse.postgres;

import dev.gatehouse.accounts.model.Sessions;
import dev.gatehouse.accounts.model.Users;
import dev.gatehouse.testkit.accounts.LastAdministratorContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresLastAdministratorTest extends LastAdministratorContract {
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
