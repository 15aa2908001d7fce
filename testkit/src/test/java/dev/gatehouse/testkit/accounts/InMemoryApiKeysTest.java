package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.apikey.ApiKeys;
import dev.gatehouse.testkit.ManualTime;
import java.time.Duration;

class InMemoryApiKeysTest extends ApiKeysContract {
  private final ManualTime time = ManualTime.atNoon();
  private final ApiKeys keys = new InMemoryApiKeys(time);

  @Override
  protected ApiKeys keys() {
    return keys;
  }

  @Override
  protected void age(Duration age) {
    time.advance(age);
  }
}
