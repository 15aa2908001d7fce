package dev.gatehouse.cache;

/// Is told how the cache fares, for metrics. Called on the threads of requests, event loops
/// included: must be quick, thread-safe, and not throw.
@FunctionalInterface
public interface CacheListener {
  /// Hears nothing.
  CacheListener NONE = (_, _, _) -> {};

  /// A cache is in use from now on.
  ///
  /// @param cache its name, one of few
  default void opened(String cache) {}

  /// A tier was asked for an entry.
  ///
  /// @param cache the name of the cache, one of few
  void requested(String cache, Tier tier, Result result);

  /// Where an entry was looked for.
  enum Tier {
    /// In this process.
    NEAR,
    /// In Redis.
    FAR
  }

  /// What came of it.
  enum Result {
    /// It was there.
    HIT,
    /// It was not there, or was outdated or damaged.
    MISS,
    /// The tier failed or was too slow.
    ERROR,
    /// The tier was not asked, because it is known to be away or not to be current.
    BYPASS
  }
}
