package dev.gatehouse.accounts.apikey;

import java.time.Duration;
import java.util.Optional;

/// An API key that works now.
///
/// @param remaining how long it does so, by the store's clock; empty when it has no end
/// @param touchDue whether [ApiKeys#touch] would store this use
public record LiveApiKey(ApiKey key, Optional<Duration> remaining, boolean touchDue) {}
