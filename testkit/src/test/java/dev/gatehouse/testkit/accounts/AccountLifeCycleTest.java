package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.registration.IdempotencyRecords;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Users;

class AccountLifeCycleTest extends AccountLifeCycleContract {
  private final InMemoryAccounts accounts = new InMemoryAccounts();

  @Override
  public Users users() {
    return accounts.users();
  }

  @Override
  public Sessions sessions() {
    return accounts.sessions();
  }

  @Override
  public IdempotencyRecords registrations() {
    return accounts.registrations();
  }
}
