package dev.gatehouse.accounts.audit;

import dev.gatehouse.accounts.id.Ids;
import java.time.InstantSource;

/// The dependencies that nearly every use case needs besides its stores.
///
/// @param audit records security events
/// @param ids makes identifiers
/// @param time the clock of this instance; stored times come from the database instead
public record Environment(AuditLog audit, Ids ids, InstantSource time) {}
