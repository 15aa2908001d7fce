package dev.gatehouse.accounts.id;

import java.util.UUID;

/// Identifies an API key. Not a secret: it grants nothing.
///
/// @param value a UUID, version 7
public record ApiKeyId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
