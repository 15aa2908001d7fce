package dev.gatehouse.tokens;

import java.time.Duration;

/// The public halves of the signing keys, for the verification of tokens. Thread-safe; never waits.
@FunctionalInterface
public interface PublishedKeys {
  /// How long a response may be cached. Keys are published three times as long before they sign.
  Duration MAX_AGE = Duration.ofMinutes(5);

  /// The current keys; the same object until they change.
  KeySet current();
}
