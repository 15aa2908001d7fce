package dev.gatehouse.cache;

import java.time.Duration;
import java.util.Optional;

/// An empty cache: the far tier of an instance without Redis.
final class NoCache implements Cache {
  @Override
  public Optional<Entry> get(String key) {
    return Optional.empty();
  }

  @Override
  public void set(String key, Entry entry, Duration ttl) {}

  @Override
  public void delete(String key) {}

  @Override
  public void invalidate(String key, long version) {}
}
