package dev.gatehouse.api.session;

import dev.gatehouse.accounts.session.ListSessions;
import dev.gatehouse.accounts.session.SignOut;
import dev.gatehouse.accounts.signin.RefreshSession;
import dev.gatehouse.accounts.signin.SignIn;
import dev.gatehouse.accounts.signin.SignedIn;
import dev.gatehouse.api.Resource;
import dev.gatehouse.api.access.Access;
import dev.gatehouse.api.access.Caller;
import dev.gatehouse.api.access.Origins;
import dev.gatehouse.api.body.Bodies;
import dev.gatehouse.api.body.SignInAttempt;
import dev.gatehouse.api.parameter.PathIds;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.OutcomeListener;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.RouteLimit;
import java.util.List;

/// `/v1/sessions`: signing in and out, and staying signed in.
public final class SessionsResource implements Resource {
  private static final String PATH = "/v1/sessions";
  private static final RouteLimit SIGN_INS = new RouteLimit("login_ip");

  private final SignIn signIn;
  private final RefreshSession refreshSession;
  private final ListSessions listSessions;
  private final SignOut signOut;
  private final OutcomeListener signIns;

  /// @param signIns counts the attempts to sign in that do not reach the use case
  public SessionsResource(
      SignIn signIn,
      RefreshSession refreshSession,
      ListSessions listSessions,
      SignOut signOut,
      OutcomeListener signIns) {
    this.signIn = signIn;
    this.refreshSession = refreshSession;
    this.listSessions = listSessions;
    this.signOut = signOut;
    this.signIns = signIns;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post(PATH, this::open)
            .named("signIn")
            .access(Access.PUBLIC)
            .limits(SIGN_INS)
            .outcomes(signIns),
        Route.post(PATH + "/refresh", this::refresh).named("refreshSession").access(Access.PUBLIC),
        Route.get(PATH, this::list).named("listSessions").access(Access.USERS),
        Route.delete(PATH, this::endAll).named("endAllSessions").access(Access.USERS),
        Route.delete(PATH + "/current", this::endCurrent).named("signOut").access(Access.USERS),
        Route.delete(PATH + "/{id}", this::end).named("endSession").access(Access.USERS));
  }

  private Response open(Request request) {
    SignInAttempt attempt = request.json(Bodies::signIn);
    SignedIn signedIn = signIn.signIn(attempt.email(), attempt.password(), Origins.of(request));
    return Response.jsonBytes(201, SignedInJson.bytes(signedIn));
  }

  private Response refresh(Request request) {
    String token = request.json(body -> body.requiredString("refresh_token"));
    SignedIn signedIn = refreshSession.refresh(token, Origins.of(request));
    return Response.jsonBytes(200, SignedInJson.bytes(signedIn));
  }

  private Response list(Request request) {
    var claims = Caller.signedIn(request);
    var sessions = listSessions.of(claims.user());
    return Response.jsonBytes(200, SessionJson.bytes(sessions, claims.session()));
  }

  private Response endAll(Request request) {
    signOut.endAll(Caller.signedIn(request).user(), Origins.of(request));
    return Response.noContent();
  }

  private Response endCurrent(Request request) {
    var claims = Caller.signedIn(request);
    signOut.end(claims.user(), claims.session(), Origins.of(request));
    return Response.noContent();
  }

  private Response end(Request request) {
    if (!signOut.end(
        Caller.signedIn(request).user(), PathIds.session(request), Origins.of(request))) {
      throw Refusal.notFound();
    }
    return Response.noContent();
  }
}
