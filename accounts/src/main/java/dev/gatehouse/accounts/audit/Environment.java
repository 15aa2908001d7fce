package dev.gatehouse.accounts.audit;

import dev.gatehouse.accounts.id.Ids;
import dev.gatehouse.accounts.id.Moments;

/// What nearly every use case needs beside its stores.
///
/// @param audit records security events
/// @param ids makes identifiers
/// @param moments the present
public record Environment(AuditLog audit, Ids ids, Moments moments) {}
