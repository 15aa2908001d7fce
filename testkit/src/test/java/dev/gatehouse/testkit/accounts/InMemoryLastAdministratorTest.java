package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Users;

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
