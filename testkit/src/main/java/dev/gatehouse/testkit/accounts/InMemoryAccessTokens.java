package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Access tokens as entries of a map instead of signed tokens.
public final class InMemoryAccessTokens implements AccessTokens {
  private final Map<String, Claims> issued = new ConcurrentHashMap<>();
  private final Duration ttl;
  private final InstantSource time;

  /// Tokens with this lifetime.
  public InMemoryAccessTokens(Duration ttl, InstantSource time) {
    this.ttl = ttl;
    this.time = time;
  }

  @Override
  public Issued issue(User user, SessionId session) {
    Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
    String token = "token." + UUID.randomUUID();
    Instant expiresAt = now.plus(ttl);
    issued.put(token, new Claims(user.id(), session, user.roles(), now, expiresAt));
    return new Issued(token, expiresAt);
  }

  @Override
  public Claims verify(String token) {
    return recall(token).orElseThrow(Refusal::invalidToken);
  }

  @Override
  public Optional<Claims> recall(String token) {
    return Optional.ofNullable(issued.get(token))
        .filter(claims -> time.instant().isBefore(claims.expiresAt()));
  }
}
