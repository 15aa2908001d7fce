package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.apikey.ApiKeySecret;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.session.NewSession;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.session.SessionLifetime;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.DisplayName;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// Sample users and sessions; each call creates new ones with unique ids and addresses.
public final class Sample {
  /// A profile with a value in every field.
  public static final Profile PROFILE = new Profile(Optional.of(DisplayName.parse("Zoë Ångström")));

  /// The time of registration of sample users.
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /// A client on a documentation address (RFC 5737).
  public static final Origin ORIGIN = new Origin("192.0.2.7", "sample/1.0", "sample-request");

  /// How long sample sessions live.
  public static final SessionLifetime LIFETIME =
      new SessionLifetime(Duration.ofDays(30), Duration.ofDays(90));

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final InMemoryRefreshTokenChain CHAIN = new InMemoryRefreshTokenChain();
  private static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system(), RANDOM);

  private Sample() {}

  /// An unused id.
  public static UUID id() {
    return IDS.next();
  }

  /// An unused address.
  public static String email() {
    return "user-" + Long.toUnsignedString(RANDOM.nextLong(), 36) + "@example.org";
  }

  /// A new user with an unused address.
  public static NewUser newUser() {
    return newUser(email());
  }

  /// A new user with this address.
  public static NewUser newUser(String email) {
    return NewUser.registered(new UserId(id()), EmailAddress.parse(email), PROFILE);
  }

  /// A user that no store has.
  public static User user() {
    return newUser().storedAt(NOON);
  }

  /// A stored password that matches no hasher.
  public static PasswordHash hash(String text) {
    return new PasswordHash("sample$" + text);
  }

  /// A session of the user, not yet stored.
  public static NewSession session(UserId user) {
    return new NewSession(new SessionId(id()), user, ORIGIN.userAgent(), ORIGIN.ip());
  }

  /// The first refresh token of the session.
  public static RefreshToken token(NewSession session) {
    return CHAIN.first(session.id());
  }

  /// Stores a new session of a user with this password.
  public static Session opened(Sessions sessions, UserId user, PasswordHash hash) {
    NewSession session = session(user);
    return sessions.open(session, LIFETIME, token(session), hash).orElseThrow();
  }

  /// The secret of an unused API key.
  public static ApiKeySecret apiKeySecret() {
    byte[] secret = new byte[ApiKeySecret.BYTES];
    RANDOM.nextBytes(secret);
    return new ApiKeySecret(secret);
  }
}
