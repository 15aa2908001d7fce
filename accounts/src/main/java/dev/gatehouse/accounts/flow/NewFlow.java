package dev.gatehouse.accounts.flow;

import dev.gatehouse.accounts.id.FlowId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.EmailAddress;
import java.util.Optional;

/// A flow that is not stored yet: the store gives it its times. Immutable.
///
/// @param email the address to prove, as it was typed
/// @param user the account that began the flow; empty when it is found by the address at the end
/// @param code of the code, unless the kind has none
/// @param link of the link's token
public record NewFlow(
    FlowId id,
    FlowKind kind,
    EmailAddress email,
    Optional<UserId> user,
    Optional<SecretHash> code,
    SecretHash link) {
  /// A flow with these secrets.
  public static NewFlow of(
      FlowId id,
      FlowKind kind,
      EmailAddress email,
      Optional<UserId> user,
      FlowSecrets secrets,
      CodeHashes hashes) {
    Optional<SecretHash> code = secrets.code().map(typed -> hashes.of(id, typed));
    return new NewFlow(id, kind, email, user, code, secrets.token().hash());
  }
}
