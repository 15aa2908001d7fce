package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.session.RefreshTokenChain;

class InMemoryRefreshTokenChainTest extends RefreshTokenChainContract {
  private final InMemoryRefreshTokenChain chain = new InMemoryRefreshTokenChain();

  @Override
  protected RefreshTokenChain chain() {
    return chain;
  }
}
