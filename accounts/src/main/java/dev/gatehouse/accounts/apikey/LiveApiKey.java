package dev.gatehouse.accounts.apikey;

import java.time.Duration;
import java.util.Optional;

/// An API key that works now.
///
/// @param remaining how long it does so, by the store's clock; empty when it has no end
public record LiveApiKey(ApiKey key, Optional<Duration> remaining) {}
