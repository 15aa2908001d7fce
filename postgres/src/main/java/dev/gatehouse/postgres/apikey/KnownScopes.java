package dev.gatehouse.postgres.apikey;

import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.id.ApiKeyId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the scopes of stored keys. A newer release may have given some that this one does not
/// know: they are skipped, and each such key is logged once. Thread-safe.
final class KnownScopes {
  private static final Logger log = LoggerFactory.getLogger(KnownScopes.class);

  /// Bounds what is remembered; further keys are not logged.
  private static final int MOST_LOGGED = 1000;

  private final Set<ApiKeyId> logged = ConcurrentHashMap.newKeySet();

  Set<Scope> scopes(ApiKeyId key, String[] texts) {
    List<String> unknown = Arrays.stream(texts).filter(text -> Scope.find(text).isEmpty()).toList();
    if (!unknown.isEmpty() && logged.size() < MOST_LOGGED && logged.add(key)) {
      log.warn(
          "API key has scopes that this release does not know; they are skipped: key={} scopes={}",
          key,
          unknown);
    }
    return Arrays.stream(texts)
        .flatMap(text -> Scope.find(text).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
