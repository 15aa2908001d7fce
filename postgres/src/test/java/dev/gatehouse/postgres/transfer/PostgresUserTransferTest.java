package dev.gatehouse.postgres.transfer;

import dev.gatehouse.accounts.transfer.UserExports;
import dev.gatehouse.accounts.transfer.UserImports;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.testkit.accounts.UserTransferContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresUserTransferTest extends UserTransferContract {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @Override
  protected Users users() {
    return new PostgresUsers(DATABASE.get());
  }

  @Override
  protected UserImports imports() {
    return new PostgresUserImports(DATABASE.get());
  }

  @Override
  protected UserExports exports() {
    return new PostgresUserExports(DATABASE.get());
  }
}
