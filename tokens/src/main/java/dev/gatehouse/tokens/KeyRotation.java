package dev.gatehouse.tokens;

import java.time.Instant;

/// The outcome of asking for a new signing key.
///
/// @param kid the newest key
/// @param signsFrom from when on it signs; published from now on
/// @param made whether the request made it; false when one was about to sign already
public record KeyRotation(String kid, Instant signsFrom, boolean made) {}
