package dev.gatehouse.api;

import dev.gatehouse.accounts.application.SignIn;
import dev.gatehouse.accounts.application.SignOut;
import dev.gatehouse.accounts.application.SignedIn;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import java.util.List;

/// `/v1/sessions`: signing in and out.
public final class SessionsResource {
  private final SignIn signIn;
  private final SignOut signOut;

  public SessionsResource(SignIn signIn, SignOut signOut) {
    this.signIn = signIn;
    this.signOut = signOut;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/v1/sessions", this::open),
        Route.delete("/v1/sessions/current", this::endCurrent).access(Access.AUTHENTICATED));
  }

  private Response open(Request request) {
    SignInAttempt attempt = request.json(Bodies::signIn);
    SignedIn signedIn = signIn.signIn(attempt.email(), attempt.password(), request.origin());
    return Response.jsonBytes(201, SignedInJson.bytes(signedIn));
  }

  private Response endCurrent(Request request) {
    var claims = request.signedIn();
    signOut.end(claims.user(), claims.session(), request.origin());
    return Response.noContent();
  }
}
