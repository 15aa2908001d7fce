package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.token.NewServerKey;
import dev.gatehouse.accounts.token.ServerKey;
import dev.gatehouse.accounts.token.ServerKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Server keys in a map, with a separate clock.
public final class InMemoryServerKeys implements ServerKeys {
  private final Map<String, ServerKey> keys = new HashMap<>();
  private final InstantSource clock;

  /// @param clock of the store
  public InMemoryServerKeys(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized List<ServerKey> list(ServerKey.Purpose purpose) {
    return keys.values().stream()
        .filter(key -> key.purpose() == purpose)
        .sorted(Comparator.comparingInt(ServerKey::sequence))
        .toList();
  }

  @Override
  public synchronized boolean add(NewServerKey added) {
    Instant now = now();
    var key =
        new ServerKey(
            added.kid(),
            added.purpose(),
            added.sequence(),
            added.publicPart(),
            added.sealed(),
            now,
            now.plus(added.lead()));
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
    keys.put(kid, sealed(key, next));
    return true;
  }

  @Override
  public synchronized boolean removeSuperseded(String kid, Duration superseded) {
    ServerKey key = keys.get(kid);
    if (key == null) {
      return false;
    }
    Instant before = now().minus(superseded);
    boolean late =
        list(key.purpose()).stream()
            .filter(later -> later.sequence() > key.sequence())
            .anyMatch(later -> later.activeFrom().isBefore(before));
    return late && keys.remove(kid) != null;
  }

  /// In the precision of the PostgreSQL store.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /// Removes a key, which no instance does.
  public synchronized void remove(String kid) {
    keys.remove(kid);
  }

  private static ServerKey sealed(ServerKey key, String sealed) {
    return new ServerKey(
        key.kid(),
        key.purpose(),
        key.sequence(),
        key.publicPart(),
        sealed,
        key.createdAt(),
        key.activeFrom());
  }
}
