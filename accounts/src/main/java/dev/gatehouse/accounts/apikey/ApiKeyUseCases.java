package dev.gatehouse.accounts.apikey;

import dev.gatehouse.accounts.audit.Environment;
import java.security.SecureRandom;

/// What operators do with API keys.
public record ApiKeyUseCases(CreateApiKey create, ListApiKeys list, RevokeApiKey revoke) {
  /// The use cases on this store.
  public static ApiKeyUseCases over(ApiKeys keys, Environment environment, SecureRandom random) {
    return new ApiKeyUseCases(
        new CreateApiKey(keys, environment.audit(), environment.ids(), random),
        new ListApiKeys(keys),
        new RevokeApiKey(keys, environment.audit()));
  }
}
