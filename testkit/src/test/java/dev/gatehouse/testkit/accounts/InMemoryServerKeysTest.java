package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.model.ServerKeys;

class InMemoryServerKeysTest extends ServerKeysContract {
  private final ServerKeys keys = new InMemoryServerKeys();

  @Override
  protected ServerKeys keys() {
    return keys;
  }
}
