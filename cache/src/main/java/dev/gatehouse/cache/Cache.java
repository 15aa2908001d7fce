package dev.gatehouse.cache;

import java.time.Duration;
import java.util.Optional;

/// Values kept to save asking for them again. A cache is never needed for a correct answer: one
/// that is away, slow or broken is a cache that holds nothing, so no method throws for being
/// unavailable.
///
/// Entries carry a version, and an older one never takes the place of a newer: a slow loader cannot
/// undo what a faster writer did. All methods are thread-safe. What one thread has set or deleted,
/// it finds set or deleted; what others see, and when, is for the form of the cache to say.
public interface Cache {
  /// What is held under a key.
  Optional<Entry> get(String key);

  /// Holds an entry for a time, unless an entry of a higher version is held or one of this version
  /// was ruled out by [#invalidate].
  ///
  /// @param ttl at least a millisecond
  void set(String key, Entry entry, Duration ttl);

  /// Forgets whatever is held under a key.
  void delete(String key);

  /// Forgets entries older than a version and refuses them from now on, for at least a minute:
  /// longer than any load that could still bring one.
  ///
  /// @param version the oldest version that may be held
  void invalidate(String key, long version);
}
