package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.settings.PasswordConfiguration;
import dev.gatehouse.hashing.Hashing;
import dev.gatehouse.hashing.HashingListener;

/// Hashes passwords, and checks new ones against the policy.
final class PasswordPart {
  private PasswordPart() {}

  static Passwords start(ServingPlatform platform) {
    Hashing hashing = hashing(platform.base(), platform.telemetry().hashing());
    platform.metrics().hashing().watch(hashing::load);
    return passwords(hashing, platform.configuration());
  }

  /// For a command, which is not measured.
  static Passwords operating(Platform platform) {
    return passwords(hashing(platform, HashingListener.NONE), platform.configuration());
  }

  private static Hashing hashing(Platform platform, HashingListener listener) {
    return platform.start(
        "hashing",
        () -> Hashing.start(PasswordConfiguration.hashing(platform.configuration()), listener));
  }

  private static Passwords passwords(Hashing hashing, Configuration configuration) {
    return new Passwords(hashing.passwordHasher(), PasswordConfiguration.policy(configuration));
  }
}
