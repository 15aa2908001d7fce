package dev.gatehouse.tokens;

import dev.gatehouse.accounts.token.ServerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The schedule of keys. Each decision depends only on the stored keys and the time, so that all
/// instances decide alike without communication.
///
/// @param rotation how long a key signs
/// @param accessTtl the lifetime of the last token that it signed
record RotationPlan(Duration rotation, Duration accessTtl) {
  /// How long a key is published before it signs: longer than a key set may be cached
  /// ([PublishedKeys#MAX_AGE]) and instances need to see it, with a margin for clocks that
  /// disagree.
  static final Duration LEAD = Duration.ofMinutes(15);

  /// How long a key is kept after its last token has expired, for clocks that disagree and for
  /// instances with a longer lifetime of tokens.
  static final Duration KEEP = Duration.ofHours(1);

  /// Whether the next key is due. The first one always is.
  boolean successorDue(List<ServerKey> keys, Instant now) {
    return keys.isEmpty() || !keys.getLast().activeFrom().plus(rotation).minus(LEAD).isAfter(now);
  }

  /// Whether a key is published and about to sign, so that another would not help. A start further
  /// ahead was written with a wrong clock.
  boolean successorWaits(List<ServerKey> keys, Instant now) {
    if (keys.isEmpty()) {
      return false;
    }
    Instant start = keys.getLast().activeFrom();
    return start.isAfter(now) && start.isBefore(now.plus(LEAD.multipliedBy(2)));
  }

  /// The delay before a new key signs: none for the first, otherwise until every instance knows it.
  Duration lead(List<ServerKey> keys) {
    return keys.isEmpty() ? Duration.ZERO : LEAD;
  }

  /// How long a key is kept after a later one started to sign.
  Duration kept() {
    return accessTtl.plus(KEEP);
  }

  /// The sequence number of the next key.
  int nextSequence(List<ServerKey> keys) {
    return keys.isEmpty() ? 1 : keys.getLast().sequence() + 1;
  }

  /// The keys without valid tokens.
  List<ServerKey> outdated(List<ServerKey> keys, Instant now) {
    return keys.stream().filter(key -> outdated(key, keys, now)).toList();
  }

  private boolean outdated(ServerKey key, List<ServerKey> keys, Instant now) {
    return keys.stream()
        .filter(later -> later.sequence() > key.sequence())
        .anyMatch(later -> later.activeFrom().plus(kept()).isBefore(now));
  }
}
