package dev.gatehouse.accounts.id;

import java.util.UUID;

/// Identifies a session. Not a secret: it grants nothing.
///
/// @param value a UUID, version 7
public record SessionId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
