package dev.gatehouse.accounts.flow;

import dev.gatehouse.accounts.id.FlowId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.EmailAddress;
import java.util.Optional;

/// A flow as it is stored. Immutable.
///
/// @param email the address to prove
/// @param user the account that began the flow; empty when it is found by the address at the end
/// @param code of the code, unless the kind has none
/// @param link of the link's token
public record Flow(
    FlowId id,
    FlowKind kind,
    EmailAddress email,
    Optional<UserId> user,
    Optional<SecretHash> code,
    SecretHash link) {}
