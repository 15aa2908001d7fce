package dev.gatehouse.tokens;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The signing keys at one reading of the store. Immutable.
final class SigningKeys {
  private final List<SigningKey> keys;
  private final Map<String, SigningKey> byHeader;
  private final KeySet published;

  /// @param keys at least one, oldest first
  SigningKeys(List<SigningKey> keys) {
    this.keys = List.copyOf(keys);
    this.byHeader =
        keys.stream()
            .collect(Collectors.toUnmodifiableMap(SigningKey::header, Function.identity()));
    this.published = new KeySet(keys);
  }

  /// The key that signs: the newest whose start has passed. If there is none, because the clock is
  /// behind the one that created the first key, the oldest.
  SigningKey signer(Instant now) {
    for (SigningKey key : keys.reversed()) {
      if (!key.activeFrom().isAfter(now)) {
        return key;
      }
    }
    return keys.getFirst();
  }

  /// The key with this first segment.
  Optional<SigningKey> byHeader(String header) {
    return Optional.ofNullable(byHeader.get(header));
  }

  Optional<SigningKey> byKid(String kid) {
    return keys.stream().filter(key -> key.kid().equals(kid)).findFirst();
  }

  boolean holds(SigningKey key) {
    return keys.contains(key);
  }

  boolean holdsExactly(List<SigningKey> others) {
    return keys.equals(others);
  }

  KeySet published() {
    return published;
  }
}
