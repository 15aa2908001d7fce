package dev.gatehouse.app.command;

import dev.gatehouse.accounts.model.ApiKey;
import dev.gatehouse.accounts.model.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// API keys as commands print them.
final class KeyText {
  private KeyText() {}

  static String line(ApiKey key) {
    return "%s  %-8s  %-20s  %s  last used %s"
        .formatted(
            key.id(),
            key.live() ? "live" : "revoked",
            key.name(),
            String.join(",", scopes(key)),
            key.lastUsedAt().map(Instant::toString).orElse("never"));
  }

  static Map<String, Object> fields(ApiKey key) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("id", key.id().toString());
    fields.put("name", key.name());
    fields.put("scopes", scopes(key));
    fields.put("created_at", key.createdAt().toString());
    fields.put("last_used_at", key.lastUsedAt().map(Instant::toString).orElse(null));
    fields.put("revoked_at", key.revokedAt().map(Instant::toString).orElse(null));
    return fields;
  }

  private static List<String> scopes(ApiKey key) {
    return key.scopes().stream().map(Scope::text).sorted().toList();
  }
}
