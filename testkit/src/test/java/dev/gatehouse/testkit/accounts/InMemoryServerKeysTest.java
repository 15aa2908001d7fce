package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.token.ServerKeys;
import java.time.InstantSource;

class InMemoryServerKeysTest extends ServerKeysContract {
  private final ServerKeys keys = new InMemoryServerKeys(InstantSource.system());

  @Override
  protected ServerKeys keys() {
    return keys;
  }
}
