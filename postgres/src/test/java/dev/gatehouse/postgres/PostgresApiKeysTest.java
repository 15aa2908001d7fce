package dev.gatehouse.postgres;

import dev.gatehouse.accounts.model.ApiKeys;
import dev.gatehouse.testkit.accounts.ApiKeysContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresApiKeysTest extends ApiKeysContract {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @Override
  protected ApiKeys keys() {
    return new PostgresApiKeys(DATABASE.get());
  }
}
