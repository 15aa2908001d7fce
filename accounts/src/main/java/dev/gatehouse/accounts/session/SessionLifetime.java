package dev.gatehouse.accounts.session;

import java.time.Duration;

/// How long sessions live.
///
/// @param idle how long after its last use
/// @param absolute how long after its beginning, in any case
public record SessionLifetime(Duration idle, Duration absolute) {}
