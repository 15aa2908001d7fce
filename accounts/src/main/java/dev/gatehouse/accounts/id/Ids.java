package dev.gatehouse.accounts.id;

import java.util.UUID;

/// A source of new identifiers: unique, and growing with time so that indexes stay compact.
/// Thread-safe.
@FunctionalInterface
public interface Ids {
  /// A UUID never given before.
  UUID next();
}
