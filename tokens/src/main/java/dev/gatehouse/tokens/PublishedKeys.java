package dev.gatehouse.tokens;

import java.time.Duration;

/// The public halves of the signing keys, for anyone who verifies tokens. Thread-safe; never waits.
@FunctionalInterface
public interface PublishedKeys {
  /// How long an answer may be cached. Keys are published three times as long before they sign.
  Duration MAX_AGE = Duration.ofMinutes(5);

  /// The keys as of now; the same object until they change.
  KeySet current();
}
