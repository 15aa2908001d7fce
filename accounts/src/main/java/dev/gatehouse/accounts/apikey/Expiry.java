package dev.gatehouse.accounts.apikey;

import java.time.Duration;
import java.time.Instant;

/// When an API key stops to work. The store's own clock decides.
public sealed interface Expiry {
  /// It works until it is revoked.
  Expiry NEVER = new Never();

  /// Not by itself.
  record Never() implements Expiry {}

  /// So long after it is stored.
  record After(Duration life) implements Expiry {}

  /// From this time on.
  record At(Instant time) implements Expiry {}
}
