package dev.gatehouse.api.user;

import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.registration.IdempotencyKey;
import dev.gatehouse.accounts.registration.RegisterUser;
import dev.gatehouse.accounts.registration.RegisterUserOnce;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.api.Resource;
import dev.gatehouse.api.access.Access;
import dev.gatehouse.api.access.Caller;
import dev.gatehouse.api.access.Grant;
import dev.gatehouse.api.access.Origins;
import dev.gatehouse.api.body.Bodies;
import dev.gatehouse.api.parameter.PathIds;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.OutcomeListener;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.RouteLimit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/v1/users`: making accounts, and reading one by its id.
public final class UsersResource implements Resource {
  private static final String IDEMPOTENCY_KEY = "idempotency-key";

  /// The number of this attempt at a request, sent by a gateway or client library that abandoned
  /// the earlier attempts.
  private static final CharSequence ATTEMPT = HeaderNames.of("x-request-attempt");

  private static final Pattern LATER_ATTEMPT = Pattern.compile("[2-9]|[1-9][0-9]");

  private static final RouteLimit REGISTRATIONS = new RouteLimit("register_ip");
  private static final Access READERS =
      Access.to(
          new Grant.ToSelf("id"),
          new Grant.ToRole(Role.ADMIN),
          new Grant.ToScope(Scope.USERS_READ));

  private final RegisterUser registerUser;
  private final RegisterUserOnce registerUserOnce;
  private final UserDocuments documents;
  private final OutcomeListener registrations;

  /// @param registrations counts the attempts to register that do not reach the use case
  public UsersResource(
      RegisterUser registerUser,
      RegisterUserOnce registerUserOnce,
      UserDocuments documents,
      OutcomeListener registrations) {
    this.registerUser = registerUser;
    this.registerUserOnce = registerUserOnce;
    this.documents = documents;
    this.registrations = registrations;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post("/v1/users", this::register)
            .named("registerUser")
            .access(Access.PUBLIC)
            .limits(REGISTRATIONS)
            .outcomes(registrations),
        Route.get("/v1/users/{id}", this::byId)
            .named("readUser")
            .access(READERS)
            .immediate(this::byIdAtOnce));
  }

  private Response register(Request request) {
    User user = registered(request, request.json(Bodies::application));
    return UserDocument.response(201, user).withHeader("location", "/v1/users/" + user.id());
  }

  private User registered(Request request, RegisterUser.RegistrationRequest application) {
    return request
        .header(IDEMPOTENCY_KEY)
        .map(IdempotencyKey::new)
        .map(key -> registered(request, application, key))
        .orElseGet(() -> registerUser.register(application, Origins.of(request)));
  }

  private User registered(
      Request request, RegisterUser.RegistrationRequest application, IdempotencyKey key) {
    return isLaterAttempt(request)
        ? registerUserOnce.registerInstead(application, key, Origins.of(request))
        : registerUserOnce.register(application, key, Origins.of(request));
  }

  /// Any other value is ignored.
  private static boolean isLaterAttempt(Request request) {
    return request.header(ATTEMPT).filter(it -> LATER_ATTEMPT.matcher(it).matches()).isPresent();
  }

  private Response byId(Request request) {
    UserId id = PathIds.user(request);
    UserDocument user = isSelf(request, id) ? documents.self(id) : documents.byId(id);
    return user.respondTo(request);
  }

  private @Nullable Response byIdAtOnce(Request request) {
    UserId id = PathIds.user(request);
    UserDocument known =
        (isSelf(request, id) ? documents.peekSelf(id) : documents.peek(id)).orElse(null);
    return known == null ? null : known.respondTo(request);
  }

  private static boolean isSelf(Request request, UserId id) {
    return request.principal() instanceof Caller.SignedIn(var claims) && claims.user().equals(id);
  }
}
