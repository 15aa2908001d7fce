package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.token.AccessTokens;

class InMemoryAccessTokensTest extends AccessTokensContract {
  private final InMemoryAccessTokens tokens = new InMemoryAccessTokens(TTL, time);

  @Override
  protected AccessTokens tokens() {
    return tokens;
  }
}
