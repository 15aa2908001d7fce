package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.session.SessionUseCases;
import dev.gatehouse.accounts.signin.Authenticate;
import dev.gatehouse.accounts.signin.SignInUseCases;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.api.session.SessionsResource;
import dev.gatehouse.http.Route;
import java.util.List;

/// Signing in, staying signed in and signing out.
record SignInPart(Authenticate authenticate, List<Route> routes) implements Part {
  static SignInPart start(
      ServingPlatform platform,
      Users users,
      Passwords passwords,
      SessionPart sessions,
      TokenPart tokens,
      LimitPart limits) {
    var environment = platform.base().environment();
    var authenticate =
        new Authenticate(
            users,
            passwords.hasher(),
            limits.failures(),
            limits.signIn(),
            tokens.tokens().fingerprints(),
            environment.audit());
    var signIns =
        SignInUseCases.over(
            authenticate,
            sessions.sessions(),
            sessions.revocations(),
            tokens.ofSessions(),
            environment,
            platform.metrics().signIns());
    var own = SessionUseCases.over(sessions.sessions(), sessions.revocations(), environment);
    var resource =
        new SessionsResource(
            signIns.signIn(),
            signIns.refresh(),
            own.list(),
            own.signOut(),
            platform.metrics().signIns());
    return new SignInPart(authenticate, resource.routes());
  }
}
