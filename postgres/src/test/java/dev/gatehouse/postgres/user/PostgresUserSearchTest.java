package dev.gatehouse.postgres.user;

import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.testkit.accounts.UserSearchContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresUserSearchTest extends UserSearchContract {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @Override
  protected Users users() {
    return new PostgresUsers(DATABASE.get());
  }
}
