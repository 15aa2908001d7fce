package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.apikey.ApiKeys;

class InMemoryApiKeysTest extends ApiKeysContract {
  private final ApiKeys keys = new InMemoryApiKeys();

  @Override
  protected ApiKeys keys() {
    return keys;
  }
}
