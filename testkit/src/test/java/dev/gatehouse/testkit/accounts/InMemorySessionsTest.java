package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Users;

class InMemorySessionsTest extends SessionsContract {
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
