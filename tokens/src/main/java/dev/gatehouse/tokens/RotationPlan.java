package dev.gatehouse.tokens;

import dev.gatehouse.accounts.token.ServerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// When keys come and go. Each decision follows from the stored keys and the time alone, so that
/// all instances come to the same one without talking to each other.
///
/// @param rotation how long a key signs
/// @param accessTtl how long the last token it signed lives
record RotationPlan(Duration rotation, Duration accessTtl) {
  /// How long a key is published before it signs: longer than a key set may be cached
  /// ([PublishedKeys#MAX_AGE]) and instances take to see it, with room for clocks that disagree.
  static final Duration LEAD = Duration.ofMinutes(15);

  /// How long a key is kept after the last token it signed has expired, for clocks that disagree
  /// and for instances that still run with a longer life of tokens.
  static final Duration KEEP = Duration.ofHours(1);

  /// Whether the next key must be published by now. The very first one must.
  boolean successorDue(List<ServerKey> keys, Instant now) {
    return keys.isEmpty() || !keys.getLast().activeFrom().plus(rotation).minus(LEAD).isAfter(now);
  }

  /// Whether a key is published and about to sign, so that another would help no one. A start that
  /// is further ahead was written by a clock gone wrong.
  boolean successorWaits(List<ServerKey> keys, Instant now) {
    if (keys.isEmpty()) {
      return false;
    }
    Instant start = keys.getLast().activeFrom();
    return start.isAfter(now) && start.isBefore(now.plus(LEAD.multipliedBy(2)));
  }

  /// How long after it was made a key signs: the first at once, the others when each instance knows
  /// them.
  Duration lead(List<ServerKey> keys) {
    return keys.isEmpty() ? Duration.ZERO : LEAD;
  }

  /// How long a key is kept after a later one has begun to sign.
  Duration kept() {
    return accessTtl.plus(KEEP);
  }

  /// The place of the next key.
  int nextSequence(List<ServerKey> keys) {
    return keys.isEmpty() ? 1 : keys.getLast().sequence() + 1;
  }

  /// The keys no living token was signed with.
  List<ServerKey> outdated(List<ServerKey> keys, Instant now) {
    return keys.stream().filter(key -> outdated(key, keys, now)).toList();
  }

  private boolean outdated(ServerKey key, List<ServerKey> keys, Instant now) {
    return keys.stream()
        .filter(later -> later.sequence() > key.sequence())
        .anyMatch(later -> later.activeFrom().plus(kept()).isBefore(now));
  }
}
