package dev.gatehouse.tokens;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.token.ServerKeys;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.testkit.ManualTime;
import dev.gatehouse.testkit.accounts.InMemoryAuditLog;
import dev.gatehouse.testkit.accounts.InMemoryServerKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A store of keys, a clock, and any number of instances on them.
final class TokenFixture {
  static final Instant START = Instant.parse("2026-03-01T12:00:00.400Z");
  static final TokenSettings SETTINGS = TokenSettings.of("https://id.example.org");
  static final SecureRandom RANDOM = new SecureRandom();
  static final String SECRET = SecretKeys.generate(RANDOM);

  final ManualTime clock = new ManualTime(START);
  final InMemoryServerKeys store = new InMemoryServerKeys(clock);
  final AtomicBoolean clocksAgree = new AtomicBoolean(true);
  final InMemoryAuditLog audit = new InMemoryAuditLog();
  final TimeOrderedIds ids = new TimeOrderedIds(clock, RANDOM);

  static SecretKeys secrets(String configured) {
    return SecretKeys.parse(configured, RANDOM);
  }

  SealedKeys keys() {
    return new SealedKeys(store, secrets(SECRET), RANDOM);
  }

  Instance instance() {
    return instance(store, clock, SETTINGS);
  }

  Instance instance(ServerKeys keys, InstantSource time, TokenSettings settings) {
    return new Instance(new SealedKeys(keys, secrets(SECRET), RANDOM), time, settings);
  }

  User user(Role... roles) {
    return new User(
        new UserId(ids.next()),
        EmailAddress.parse("ada@example.org"),
        Profile.EMPTY,
        true,
        UserStatus.ACTIVE,
        Set.of(roles),
        START,
        START,
        1);
  }

  SessionId session() {
    return new SessionId(ids.next());
  }

  /// One instance of the service, as far as access tokens go; refreshed by hand.
  final class Instance {
    final KeyRing ring;
    final VerifiedTokens verified;
    final JwtAccessTokens tokens;
    final AtomicInteger unknownKeys = new AtomicInteger();

    Instance(SealedKeys keys, InstantSource time, TokenSettings settings) {
      var plan = new RotationPlan(settings.keyRotation(), settings.accessTtl());
      this.ring = new KeyRing(keys, plan, time, clocksAgree::get, audit);
      this.verified = new VerifiedTokens(1 << 20, Duration.ofDays(365));
      this.tokens =
          new JwtAccessTokens(
              ring::current, unknownKeys::incrementAndGet, verified, settings, time, ids);
    }

    String issue() {
      return tokens.issue(user(), session()).token();
    }
  }
}
