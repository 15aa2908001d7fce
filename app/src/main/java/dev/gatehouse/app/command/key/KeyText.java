package dev.gatehouse.app.command.key;

import dev.gatehouse.accounts.apikey.ApiKey;
import dev.gatehouse.accounts.apikey.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// API keys as commands print them.
final class KeyText {
  private KeyText() {}

  /// @param now for display alone: the database's clock decides
  static String line(ApiKey key, Instant now) {
    return "%s  %-8s  %-20s  %s  last used %s%s"
        .formatted(
            key.id(),
            state(key, now),
            key.name(),
            String.join(",", scopes(key)),
            key.lastUsedAt().map(Instant::toString).orElse("never"),
            key.expiresAt().map(end -> "  expires " + end).orElse(""));
  }

  private static String state(ApiKey key, Instant now) {
    if (key.revoked()) {
      return "revoked";
    }
    return key.expired(now) ? "expired" : "live";
  }

  static Map<String, Object> fields(ApiKey key) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("id", key.id().toString());
    fields.put("name", key.name());
    fields.put("scopes", scopes(key));
    fields.put("created_at", key.createdAt().toString());
    fields.put("last_used_at", key.lastUsedAt().map(Instant::toString).orElse(null));
    fields.put("revoked_at", key.revokedAt().map(Instant::toString).orElse(null));
    fields.put("expires_at", key.expiresAt().map(Instant::toString).orElse(null));
    return fields;
  }

  private static List<String> scopes(ApiKey key) {
    return key.scopes().stream().map(Scope::text).sorted().toList();
  }
}
