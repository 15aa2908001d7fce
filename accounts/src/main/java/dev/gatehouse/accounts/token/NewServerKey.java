package dev.gatehouse.accounts.token;

import java.time.Duration;

/// A server key that is to be added; the store gives it its times. See [ServerKey].
///
/// @param lead how long after it was added it is used
public record NewServerKey(
    String kid,
    ServerKey.Purpose purpose,
    int sequence,
    String publicPart,
    String sealed,
    Duration lead) {}
