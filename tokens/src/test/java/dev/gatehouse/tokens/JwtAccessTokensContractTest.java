package dev.gatehouse.tokens;

import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.testkit.accounts.AccessTokensContract;

class JwtAccessTokensContractTest extends AccessTokensContract {
  private final TokenFixture fixture = new TokenFixture();
  private final AccessTokens tokens =
      fixture.instance(fixture.store, time, TokenFixture.SETTINGS).tokens;

  @Override
  protected AccessTokens tokens() {
    return tokens;
  }
}
