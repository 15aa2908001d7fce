package dev.gatehouse.accounts.apikey;

import dev.gatehouse.errors.Unavailable;
import java.util.List;

/// Shows which API keys there are. Thread-safe.
public final class ListApiKeys {
  private final ApiKeys keys;

  public ListApiKeys(ApiKeys keys) {
    this.keys = keys;
  }

  /// The newest keys, newest first, revoked ones included; at most [ApiKeys#MOST_LISTED].
  ///
  /// @throws Unavailable when the store cannot serve
  public List<ApiKey> all() {
    return keys.list();
  }
}
