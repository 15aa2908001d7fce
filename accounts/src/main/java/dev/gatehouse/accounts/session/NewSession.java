package dev.gatehouse.accounts.session;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;

/// A session that is not stored yet: the store gives it its times. Immutable.
///
/// @param userAgent what the client said it is, at most 256 characters
/// @param ip the client's address
public record NewSession(SessionId id, UserId user, String userAgent, String ip) {}
