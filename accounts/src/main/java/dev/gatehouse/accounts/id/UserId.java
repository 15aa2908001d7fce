package dev.gatehouse.accounts.id;

import java.util.UUID;

/// Identifies a user forever, also after the account is gone.
///
/// @param value a UUID, version 7 for accounts made here
public record UserId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
