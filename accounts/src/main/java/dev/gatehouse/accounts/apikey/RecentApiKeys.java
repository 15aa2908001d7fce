package dev.gatehouse.accounts.apikey;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What the store said of API keys a moment ago. Good and bad ones are kept apart, so that made-up
/// keys cannot drive out real ones, and both are bounded. Ages are counted from before the store
/// was asked. Thread-safe.
final class RecentApiKeys {
  /// A second less what it takes to ask, so that a revoked key is refused within the second.
  static final long KEPT_NANOS = Duration.ofMillis(800).toNanos();

  private static final int MOST = 4096;

  private final ConcurrentMap<ApiKeySecret, Answer> good = new ConcurrentHashMap<>();
  private final ConcurrentMap<ApiKeySecret, Answer> bad = new ConcurrentHashMap<>();

  /// What was found at a time.
  ///
  /// @param keptNanos how long it holds; less than usual for a key that is about to expire
  record Answer(Optional<ApiKey> key, long askedAt, long keptNanos) {
    private static Answer of(Optional<LiveApiKey> found, long askedAt) {
      long remaining =
          found.flatMap(LiveApiKey::remaining).map(Duration::toNanos).orElse(KEPT_NANOS);
      return new Answer(found.map(LiveApiKey::key), askedAt, Math.min(KEPT_NANOS, remaining));
    }

    private boolean freshAt(long nanos) {
      return nanos - askedAt < keptNanos;
    }
  }

  /// The last answer, while it holds.
  Optional<Answer> find(ApiKeySecret secret, long nanos) {
    return Optional.ofNullable(good.get(secret))
        .or(() -> Optional.ofNullable(bad.get(secret)))
        .filter(answer -> answer.freshAt(nanos));
  }

  void remember(ApiKeySecret secret, Optional<LiveApiKey> key, long askedAt) {
    var answer = Answer.of(key, askedAt);
    (key.isPresent() ? bad : good).remove(secret);
    put(key.isPresent() ? good : bad, secret, answer);
  }

  /// When there is no place left even without what has aged, the answer is not kept.
  private static void put(
      ConcurrentMap<ApiKeySecret, Answer> answers, ApiKeySecret secret, Answer answer) {
    if (answers.size() >= MOST) {
      answers.values().removeIf(other -> !other.freshAt(answer.askedAt()));
    }
    if (answers.size() < MOST) {
      answers.put(secret, answer);
    } else {
      answers.remove(secret);
    }
  }
}
