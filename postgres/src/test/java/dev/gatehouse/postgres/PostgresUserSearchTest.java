package dev.gatehouse.postgres;

import dev.gatehouse.accounts.model.Users;
import dev.gatehouse.testkit.accounts.UserSearchContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresUserSearchTest extends UserSearchContract {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @Override
  protected Users users() {
    return new PostgresUsers(DATABASE.get());
  }
}
