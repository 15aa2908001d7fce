package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.model.Sessions;
import dev.gatehouse.accounts.model.Users;

class InMemoryLastAdministratorTest extends LastAdministratorContract {
  private final InMemoryAccounts accounts = new InMemoryAccounts();

  @Override
  protected Users users() {
    return accounts.users();
  }

  @Override
  protected Sessions sessions() {
    return accounts.sessions();
  }
}
