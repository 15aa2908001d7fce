package dev.gatehouse.accounts.session;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import java.time.Instant;

/// A signed-in device. Lives until it is ended, until it has not been refreshed for the idle time,
/// or until its absolute end, whichever comes first. Immutable.
///
/// @param id named in access tokens as `sid`
/// @param user who signed in
/// @param createdAt when, by the store's clock like all times here
/// @param lastUsedAt when it was last refreshed
/// @param idleExpiresAt its end unless it is refreshed before
/// @param expiresAt its end in any case
/// @param userAgent what the client said it is, at most 256 characters
/// @param ip the client's address
public record Session(
    SessionId id,
    UserId user,
    Instant createdAt,
    Instant lastUsedAt,
    Instant idleExpiresAt,
    Instant expiresAt,
    String userAgent,
    String ip) {}
