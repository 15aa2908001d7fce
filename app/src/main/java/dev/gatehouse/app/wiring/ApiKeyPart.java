package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.apikey.ApiKeyUseCases;
import dev.gatehouse.accounts.apikey.AuthenticateApiKey;
import dev.gatehouse.postgres.apikey.PostgresApiKeys;

/// API keys: an instance accepts them, operators make and revoke them.
final class ApiKeyPart {
  private ApiKeyPart() {}

  static AuthenticateApiKey start(Platform platform) {
    return new AuthenticateApiKey(new PostgresApiKeys(platform.database()), System::nanoTime);
  }

  static ApiKeyUseCases operating(Platform platform) {
    return ApiKeyUseCases.over(
        new PostgresApiKeys(platform.database()), platform.environment(), platform.random());
  }
}
