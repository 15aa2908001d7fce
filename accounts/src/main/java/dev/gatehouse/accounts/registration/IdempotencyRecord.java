package dev.gatehouse.accounts.registration;

import dev.gatehouse.accounts.id.UserId;
import java.time.Instant;

/// What is remembered of a registration that was asked for under an idempotency key: no more than
/// it takes to know the request again and to repeat its response.
///
/// @param key fingerprint of the key
/// @param request fingerprint of the whole request, the key included
/// @param user the user that was made
/// @param at when, by the store's clock
public record IdempotencyRecord(String key, String request, UserId user, Instant at) {}
