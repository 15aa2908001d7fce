package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.transfer.UserExports;
import dev.gatehouse.accounts.transfer.UserImports;
import dev.gatehouse.accounts.user.Users;

class InMemoryUserTransferTest extends UserTransferContract {
  private final Users users = new InMemoryAccounts().users();
  private final UserImports imports = new InMemoryUserImports(users);

  @Override
  protected Users users() {
    return users;
  }

  @Override
  protected UserImports imports() {
    return imports;
  }

  @Override
  protected UserExports exports() {
    return new InMemoryUserExports(users);
  }
}
