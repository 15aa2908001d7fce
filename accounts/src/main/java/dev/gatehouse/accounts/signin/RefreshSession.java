package dev.gatehouse.accounts.signin;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.RefreshTokenChain;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.session.Rotation;
import dev.gatehouse.accounts.session.SessionLifetime;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.time.Duration;
import java.util.List;

/// Exchanges a refresh token for new tokens of the same session (RFC 9700, 4.14.2). Thread-safe.
public final class RefreshSession {
  /// How long a token that was used still gets its successor.
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Sessions sessions;
  private final AccessTokens accessTokens;
  private final RefreshTokenChain refreshTokens;
  private final Revocations revocations;
  private final SessionLifetime lifetime;
  private final AuditLog audit;

  public RefreshSession(
      Sessions sessions,
      AccessTokens accessTokens,
      RefreshTokenChain refreshTokens,
      Revocations revocations,
      SessionLifetime lifetime,
      AuditLog audit) {
    this.sessions = sessions;
    this.accessTokens = accessTokens;
    this.refreshTokens = refreshTokens;
    this.revocations = revocations;
    this.lifetime = lifetime;
    this.audit = audit;
  }

  /// Refreshes. What cannot be a token of ours is refused without asking the store.
  ///
  /// @throws Refusal `INVALID_TOKEN`
  /// @throws Unavailable when the store cannot serve, or the session was refreshed 64 times within
  ///     10 s
  public SignedIn refresh(String token, Origin origin) {
    RefreshToken used =
        RefreshToken.parse(token)
            .filter(refreshTokens::isGenuine)
            .orElseThrow(Refusal::invalidToken);
    RefreshToken successor = refreshTokens.successor(used);
    return switch (sessions.rotate(used, successor, lifetime.idle(), GRACE)) {
      case Rotation.Continued(var session, var user) ->
          new SignedIn(session, user, accessTokens.issue(user, session.id()), successor);
      case Rotation.Reused reused -> throw theft(reused, origin);
      case Rotation.TooFrequent _ -> throw Unavailable.rateLimited(GRACE);
      case Rotation.Gone _ -> throw Refusal.invalidToken();
    };
  }

  private Refusal theft(Rotation.Reused reused, Origin origin) {
    revocations.add(List.of(reused.session()));
    audit.record(AuditEvent.about(AuditEvent.Kind.REFRESH_TOKEN_REUSE, reused.user(), origin));
    return Refusal.invalidToken();
  }
}
