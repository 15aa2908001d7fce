package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.apikey.ApiKeys;
import java.time.Duration;

class InMemoryApiKeysTest extends ApiKeysContract {
  private final InMemoryApiKeys keys = new InMemoryApiKeys();

  @Override
  protected ApiKeys keys() {
    return keys;
  }

  @Override
  protected void age(Duration age) {
    keys.age(age);
  }
}
