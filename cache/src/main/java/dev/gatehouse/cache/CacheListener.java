package dev.gatehouse.cache;

/// Receives the results of look-ups, for metrics. Called on the threads of requests, including
/// event loops: implementations are quick, thread-safe and do not throw.
@FunctionalInterface
public interface CacheListener {
  /// Ignores every event.
  CacheListener NONE = (_, _, _) -> {};

  /// A cache is in use.
  ///
  /// @param cache its name, one of few
  default void opened(String cache) {}

  /// A tier was queried.
  ///
  /// @param cache the name of the cache, one of few
  void requested(String cache, Tier tier, Result result);

  /// The tier of a look-up.
  enum Tier {
    /// In this process.
    NEAR,
    /// In Redis.
    FAR
  }

  /// The result of a look-up.
  enum Result {
    /// The entry was found.
    HIT,
    /// The entry was absent, outdated or damaged.
    MISS,
    /// The tier failed or was too slow.
    ERROR,
    /// The tier was not queried, because it is known to be down or not current.
    BYPASS
  }
}
