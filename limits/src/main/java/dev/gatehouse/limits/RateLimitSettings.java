package dev.gatehouse.limits;

import java.time.Duration;

/// The rates of the limits.
///
/// @param ip requests of any kind from one address
/// @param loginAccount attempts to prove the password of one account
/// @param loginIp attempts to sign in from one address, to any account
/// @param registerIp registrations from one address
public record RateLimitSettings(Rate ip, Rate loginAccount, Rate loginIp, Rate registerIp) {
  /// The documented defaults.
  public static RateLimitSettings defaults() {
    return new RateLimitSettings(
        new Rate(100, Duration.ofSeconds(1)),
        new Rate(10, Duration.ofMinutes(1)),
        new Rate(60, Duration.ofMinutes(1)),
        new Rate(20, Duration.ofMinutes(1)));
  }
}
