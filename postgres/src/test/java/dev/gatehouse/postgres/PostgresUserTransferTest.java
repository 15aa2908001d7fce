package dev.gatehouse.postgres;

import dev.gatehouse.accounts.model.UserExports;
import dev.gatehouse.accounts.model.UserImports;
import dev.gatehouse.accounts.model.Users;
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
