package dev.gatehouse.accounts.flow;

import java.util.Optional;
import java.util.random.RandomGenerator;

/// The secrets that the mail of a flow carries. They exist in clear text in that mail alone.
///
/// @param code what a person types, unless the kind has none
/// @param token what the link carries
public record FlowSecrets(Optional<FlowCode> code, LinkToken token) {
  /// New secrets for a flow of this kind.
  ///
  /// @param random a cryptographically strong source
  public static FlowSecrets random(FlowKind kind, RandomGenerator random) {
    Optional<FlowCode> code =
        kind.hasCode() ? Optional.of(FlowCode.random(random)) : Optional.empty();
    return new FlowSecrets(code, LinkToken.random(random));
  }

  @Override
  public String toString() {
    return "FlowSecrets[redacted]";
  }
}
