package dev.gatehouse.tokens;

import java.time.Instant;

/// The outcome of a request for a new signing key.
///
/// @param kid the newest key
/// @param signsFrom when it starts to sign; it is published at once
/// @param made whether the request created it; false when a key was about to sign already
public record KeyRotation(String kid, Instant signsFrom, boolean made) {}
