package dev.gatehouse.api.administration;

import dev.gatehouse.accounts.administration.AdministerUser;
import dev.gatehouse.accounts.administration.SearchUsers;
import dev.gatehouse.accounts.administration.SetPassword;
import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.user.GetUser;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.api.Resource;
import dev.gatehouse.api.access.Access;
import dev.gatehouse.api.access.Caller;
import dev.gatehouse.api.access.Grant;
import dev.gatehouse.api.access.Origins;
import dev.gatehouse.api.conditional.IfMatch;
import dev.gatehouse.api.parameter.PathIds;
import dev.gatehouse.api.user.UserDocument;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import java.util.List;
import java.util.OptionalLong;

/// `/v1/users`: what administrators do with the accounts of others.
public final class UserAdministrationResource implements Resource {
  private static final String ONE = "/v1/users/{id}";
  private static final Grant ADMIN = new Grant.ToRole(Role.ADMIN);
  private static final Access READERS = Access.to(ADMIN, new Grant.ToScope(Scope.USERS_READ));
  private static final Access WRITERS = Access.to(ADMIN, new Grant.ToScope(Scope.USERS_WRITE));

  private final SearchUsers searchUsers;
  private final GetUser getUser;
  private final AdministerUser administerUser;
  private final SetPassword setPassword;

  public UserAdministrationResource(
      SearchUsers searchUsers,
      GetUser getUser,
      AdministerUser administerUser,
      SetPassword setPassword) {
    this.searchUsers = searchUsers;
    this.getUser = getUser;
    this.administerUser = administerUser;
    this.setPassword = setPassword;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/v1/users", this::search)
            .named("searchUsers")
            .access(READERS)
            .query(UserSearch.PARAMETERS),
        Route.patch(ONE, this::change).named("changeUser").access(WRITERS),
        Route.delete(ONE, this::delete).named("deleteUser").access(WRITERS),
        Route.put(ONE + "/password", this::password).named("setUserPassword").access(WRITERS),
        Route.delete(ONE + "/sessions", this::endSessions)
            .named("endUserSessions")
            .access(WRITERS));
  }

  private Response search(Request request) {
    SearchUsers.Page page = searchUsers.page(UserSearch.query(request));
    return Response.jsonBytes(200, UserSearch.json(page));
  }

  private Response change(Request request) {
    UserId id = PathIds.user(request);
    UserChange change = request.json(UserPatch::read).change();
    OptionalLong expected = IfMatch.of(request).expected(() -> getUser.byId(id).version());
    User changed =
        administerUser.change(id, expected, _ -> change, actor(request), Origins.of(request));
    return UserDocument.response(200, changed);
  }

  private Response delete(Request request) {
    administerUser.delete(PathIds.user(request), actor(request), Origins.of(request));
    return Response.noContent();
  }

  private Response password(Request request) {
    UserId id = PathIds.user(request);
    String next = request.json(body -> body.requiredString("new_password"));
    setPassword.set(id, next, actor(request), Origins.of(request));
    return Response.noContent();
  }

  private Response endSessions(Request request) {
    administerUser.endSessions(PathIds.user(request), actor(request), Origins.of(request));
    return Response.noContent();
  }

  private static Actor actor(Request request) {
    return switch (Caller.of(request)) {
      case Caller.ApiKey(var id, _) -> Actor.apiKey(id);
      case Caller.SignedIn(var claims) -> Actor.user(claims.user());
    };
  }
}
