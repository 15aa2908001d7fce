package dev.gatehouse.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.apikey.ApiKeySecret;
import dev.gatehouse.accounts.apikey.AuthenticateApiKey;
import dev.gatehouse.accounts.apikey.Expiry;
import dev.gatehouse.accounts.apikey.NewApiKey;
import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.server.HttpServer;
import dev.gatehouse.testkit.RawHttpClient;
import dev.gatehouse.testkit.RawHttpClient.RawResponse;
import dev.gatehouse.testkit.accounts.InMemoryApiKeys;
import dev.gatehouse.testkit.accounts.Sample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerAuthenticatorTest {
  private static final UserId USER = new UserId(new UUID(7, 7));
  private static final SessionId OPEN = new SessionId(new UUID(1, 1));
  private static final SessionId ENDED = new SessionId(new UUID(2, 2));
  private static final InMemoryApiKeys KEYS = new InMemoryApiKeys();
  private static final EventLoops loops = EventLoops.open(1);
  private static final HttpServer server =
      HttpServer.builder(HttpSettings.defaults().listeningOn("127.0.0.1", 0))
          .authenticator(new BearerAuthenticator(new TwoTokens(), endedSessions(), apiKeys()))
          .routes(
              List.of(
                  Route.get("/open", BearerAuthenticatorTest::caller).access(Access.PUBLIC),
                  Route.get("/mine", BearerAuthenticatorTest::caller).access(Access.USERS),
                  Route.get("/introspection", BearerAuthenticatorTest::caller)
                      .access(Access.to(new Grant.ToScope(Scope.INTROSPECT)))
                      .immediate(BearerAuthenticatorTest::caller),
                  Route.get("/users/{id}", BearerAuthenticatorTest::caller)
                      .access(Access.to(new Grant.ToSelf("id"), new Grant.ToRole(Role.ADMIN))),
                  Route.get("/at-once", _ -> Response.noContent())
                      .access(Access.USERS)
                      .immediate(BearerAuthenticatorTest::caller),
                  Route.get("/unguarded", BearerAuthenticatorTest::user).access(Access.PUBLIC)))
          .start(loops);

  @AfterAll
  static void close() {
    server.drain(Duration.ofMillis(100));
    loops.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mine", "/at-once"})
  void knowsBearerOfToken(String path) throws Exception {
    assertThat(get(path, "Authorization: Bearer good").text()).contains(USER.toString());
    assertThat(get(path, "authorization: bearer good").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-A: b", "Authorization: Basic Z29vZA==", "Authorization: Bearer"})
  void asksForMissingToken(String header) throws Exception {
    for (String path : List.of("/mine", "/at-once")) {
      var response = get(path, header);
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.text()).contains("UNAUTHENTICATED");
      assertThat(response.header("www-authenticate")).isEqualTo("Bearer");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad", "ended", "good, good"})
  void refusesBadAndRevokedTokens(String token) throws Exception {
    for (String path : List.of("/mine", "/at-once")) {
      var response = get(path, "Authorization: Bearer " + token);
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.text()).contains("INVALID_TOKEN");
      assertThat(response.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }
  }

  @Test
  void refusesTwoAuthorizations() throws Exception {
    String header = "Authorization: Bearer good";
    assertThat(get("/mine", header, header).status()).isEqualTo(400);
  }

  @Test
  void doesNotLookAtTokenWhereNoneIsNeeded() throws Exception {
    assertThat(get("/open", "Authorization: Bearer bad").text()).contains("Anonymous");
  }

  @Test
  void refusesToNameSignedInUserWhereThereIsNone() throws Exception {
    assertThat(get("/unguarded").status()).isEqualTo(401);
  }

  @Test
  void knowsProgramsByTheirKeys() throws Exception {
    String good = "Authorization: Bearer " + key(Scope.INTROSPECT);
    String other = "Authorization: Bearer " + key(Scope.USERS_READ);

    // The first use asks the store, the second gets its response on the event loop.
    assertThat(get("/introspection", good).text()).contains("ApiKey");
    assertThat(get("/introspection", good).text()).contains("ApiKey");
    assertThat(get("/introspection", other).text()).contains("FORBIDDEN");
    assertThat(get("/mine", good).status()).isEqualTo(403);
    assertThat(get("/at-once", good).status()).isEqualTo(403);
    assertThat(get("/introspection", "Authorization: Bearer good").status()).isEqualTo(403);
  }

  @Test
  void refusesMadeUpKeys() throws Exception {
    String header = "Authorization: Bearer " + Sample.apiKeySecret().encoded();

    assertThat(get("/introspection", header).text()).contains("INVALID_TOKEN");
    assertThat(get("/introspection", header).text()).contains("INVALID_TOKEN");
  }

  @Test
  void letsUsersToTheirOwnIdAndAdministratorsToAll() throws Exception {
    String stranger = new UUID(8, 8).toString();

    assertThat(get("/users/" + USER, "Authorization: Bearer good").status()).isEqualTo(200);
    assertThat(get("/users/" + stranger, "Authorization: Bearer good").status()).isEqualTo(403);
    assertThat(get("/users/" + stranger, "Authorization: Bearer admin").status()).isEqualTo(200);
    assertThat(get("/users/" + stranger).status()).isEqualTo(401);
  }

  private static String key(Scope scope) {
    ApiKeySecret secret = Sample.apiKeySecret();
    KEYS.add(new NewApiKey(new ApiKeyId(Sample.id()), "test", Set.of(scope)), secret, Expiry.NEVER);
    return secret.encoded();
  }

  private static AuthenticateApiKey apiKeys() {
    return new AuthenticateApiKey(KEYS, System::nanoTime);
  }

  private static Response caller(Request request) {
    return Response.json(200, List.of(request.principal().toString()));
  }

  private static Response user(Request request) {
    return Response.json(200, List.of(Caller.signedIn(request).user().toString()));
  }

  private static RawResponse get(String path, String... headerLines) throws IOException {
    var head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String line : headerLines) {
      head.append(line).append("\r\n");
    }
    try (var client = new RawHttpClient(server.port())) {
      return client.send(head.append("\r\n").toString()).read();
    }
  }

  private static Revocations endedSessions() {
    var ended = new HashSet<>(Set.of(ENDED));
    return new Revocations() {
      @Override
      public boolean contains(SessionId session) {
        return ended.contains(session);
      }

      @Override
      public void add(Collection<SessionId> sessions) {
        ended.addAll(sessions);
      }
    };
  }

  private static final class TwoTokens implements AccessTokens {
    @Override
    public Issued issue(User user, SessionId session) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Claims verify(String token) {
      return switch (token) {
        case "good" -> claims(OPEN, Set.of());
        case "admin" -> claims(OPEN, Set.of(Role.ADMIN));
        case "ended" -> claims(ENDED, Set.of());
        default -> throw Refusal.invalidToken();
      };
    }

    @Override
    public Optional<Claims> recall(String token) {
      return List.of("good", "admin", "ended").contains(token)
          ? Optional.of(verify(token))
          : Optional.empty();
    }

    private static Claims claims(SessionId session, Set<Role> roles) {
      return new Claims(USER, session, roles, Instant.EPOCH, Instant.MAX);
    }
  }
}
