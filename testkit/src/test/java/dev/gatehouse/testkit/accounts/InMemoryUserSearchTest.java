package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.model.Users;

class InMemoryUserSearchTest extends UserSearchContract {
  private final Users users = new InMemoryAccounts().users();

  @Override
  protected Users users() {
    return users;
  }
}
