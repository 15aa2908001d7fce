package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.user.Users;

class InMemoryUserSearchTest extends UserSearchContract {
  private final Users users = new InMemoryAccounts().users();

  @Override
  protected Users users() {
    return users;
  }
}
