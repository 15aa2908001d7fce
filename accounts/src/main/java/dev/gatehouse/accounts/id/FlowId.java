package dev.gatehouse.accounts.id;

import java.util.UUID;

/// Identifies a flow. Not a secret: it grants nothing without the flow's code or link.
///
/// @param value a UUID, version 7
public record FlowId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
