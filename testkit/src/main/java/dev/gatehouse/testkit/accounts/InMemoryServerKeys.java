package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.model.ServerKey;
import dev.gatehouse.accounts.model.ServerKeys;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Server keys in a map.
public final class InMemoryServerKeys implements ServerKeys {
  private final Map<String, ServerKey> keys = new HashMap<>();

  @Override
  public synchronized List<ServerKey> list(ServerKey.Purpose purpose) {
    return keys.values().stream()
        .filter(key -> key.purpose() == purpose)
        .sorted(Comparator.comparingInt(ServerKey::sequence))
        .toList();
  }

  @Override
  public synchronized boolean add(ServerKey key) {
    boolean placeTaken =
        list(key.purpose()).stream().anyMatch(other -> other.sequence() == key.sequence());
    return !placeTaken && keys.putIfAbsent(key.kid(), key) == null;
  }

  @Override
  public synchronized boolean reseal(String kid, String current, String next) {
    ServerKey key = keys.get(kid);
    if (key == null || !key.sealed().equals(current)) {
      return false;
    }
    keys.put(kid, key.withSealed(next));
    return true;
  }

  @Override
  public synchronized void remove(String kid) {
    keys.remove(kid);
  }
}
