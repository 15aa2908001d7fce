package dev.gatehouse.accounts.audit;

import dev.gatehouse.accounts.id.Ids;
import java.time.InstantSource;

/// What nearly every use case needs beside its stores.
///
/// @param audit records security events
/// @param ids makes identifiers
/// @param time the present; decides nothing that is stored
public record Environment(AuditLog audit, Ids ids, InstantSource time) {}
