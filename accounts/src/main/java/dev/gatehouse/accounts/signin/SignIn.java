package dev.gatehouse.accounts.signin;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.Ids;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.session.NewSession;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.RefreshTokenChain;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.session.SessionLifetime;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.util.Optional;

/// Opens a session for someone who proves a password. Thread-safe.
public final class SignIn {
  private static final int ATTEMPTS = 2;

  private final Authenticate authenticate;
  private final Sessions sessions;
  private final AccessTokens accessTokens;
  private final RefreshTokenChain refreshTokens;
  private final SessionLifetime lifetime;
  private final AuditLog audit;
  private final Ids ids;
  private final SignInListener listener;

  public SignIn(
      Authenticate authenticate,
      Sessions sessions,
      AccessTokens accessTokens,
      RefreshTokenChain refreshTokens,
      SessionLifetime lifetime,
      AuditLog audit,
      Ids ids,
      SignInListener listener) {
    this.authenticate = authenticate;
    this.sessions = sessions;
    this.accessTokens = accessTokens;
    this.refreshTokens = refreshTokens;
    this.lifetime = lifetime;
    this.audit = audit;
    this.ids = ids;
    this.listener = listener;
  }

  /// Signs in.
  ///
  /// @throws Refusal `INVALID_CREDENTIALS`
  /// @throws Unavailable when hasher or store cannot serve
  public SignedIn signIn(String email, String password, Origin origin) {
    SignedIn signedIn;
    try {
      signedIn = attempt(email, password, origin);
    } catch (RuntimeException | Error failed) {
      listener.ended(SignInListener.Result.of(failed));
      throw failed;
    }
    listener.ended(SignInListener.Result.SUCCESS);
    return signedIn;
  }

  private SignedIn attempt(String email, String password, Origin origin) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Credentials credentials = authenticate.byEmail(email, password, origin);
      Optional<SignedIn> signedIn = opened(credentials, origin);
      if (signedIn.isPresent()) {
        return signedIn.get();
      }
      // The stored hash has changed since it was read: a parallel sign-in rehashed the password, or
      // the owner changed it. The second attempt reads it again.
    }
    throw Refusal.invalidCredentials();
  }

  private Optional<SignedIn> opened(Credentials credentials, Origin origin) {
    User user = credentials.user();
    var session =
        new NewSession(new SessionId(ids.next()), user.id(), origin.userAgent(), origin.ip());
    RefreshToken token = refreshTokens.first(session.id());
    Optional<Session> stored = sessions.open(session, lifetime, token, credentials.passwordHash());
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    var accessToken = accessTokens.issue(user, session.id());
    audit.record(AuditEvent.by(AuditEvent.Kind.SIGN_IN_SUCCEEDED, user.id(), origin));
    return Optional.of(new SignedIn(stored.get(), user, accessToken, token));
  }
}
