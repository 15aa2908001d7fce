package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.server.TestServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
  private static final Map<String, Name> NAMES =
      Map.of("a", new Name("ann"), "b", new Name("bob"), "slow", new Name("sam"));
  private static final AtomicInteger authenticated = new AtomicInteger();
  private static final TestServer server =
      TestServer.with(
          TestServer.settings(),
          1,
          builder ->
              builder
                  .authenticator(new Names())
                  .routes(
                      List.of(
                          Route.get("/open", AuthenticationTest::principal).access(Guard.PUBLIC),
                          Route.get("/named", AuthenticationTest::principal)
                              .access(new Identified()),
                          Route.get("/at-once", _ -> Response.status(500))
                              .access(new Identified())
                              .immediate(AuthenticationTest::principal),
                          Route.get("/late", AuthenticationTest::principal)
                              .access(new Identified())
                              .immediate(_ -> null),
                          Route.get("/ann", AuthenticationTest::principal).access(new OnlyAnn()))));

  record Name(String text) implements Principal {}

  @AfterAll
  static void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/named", "/at-once", "/late", "/ann"})
  void identifiesTheCaller(String path) throws Exception {
    assertThat(server.get(path, "X-Name: a").text()).contains("ann");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/named", "/at-once", "/late"})
  void refusesCallersWithoutAnIdentity(String path) throws Exception {
    var response = server.get(path, "X-Name: zoe");

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.text()).contains("INVALID_TOKEN");
    assertThat(response.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
  }

  @Test
  void ignoresTheCallerWhereTheGuardIsOpen() throws Exception {
    assertThat(server.get("/open", "X-Name: zoe").text()).contains("Anonymous");
  }

  @Test
  void asksTheGuardWhomToAdmitAndHowToChallenge() throws Exception {
    var forbidden = server.get("/ann", "X-Name: b");
    assertThat(forbidden.status()).isEqualTo(403);
    assertThat(forbidden.text()).contains("FORBIDDEN");

    var unknown = server.get("/ann");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.text()).contains("\"code\":\"INVALID_TOKEN\"");
    assertThat(unknown.header("www-authenticate")).isEqualTo("Name");
    assertThat(server.get("/ann", "X-Name: a", "X-Name: b").status()).isEqualTo(400);
  }

  @Test
  void leavesTheEventLoopWhereIdentifyingMeansWaiting() throws Exception {
    int before = authenticated.get();

    assertThat(server.get("/at-once", "X-Name: slow").status()).isEqualTo(500);
    assertThat(authenticated.get()).isEqualTo(before + 1);
    assertThat(server.get("/late", "X-Name: a").text()).contains("ann");
    assertThat(authenticated.get()).isEqualTo(before + 1);
  }

  private static Response principal(Request request) {
    return Response.json(200, List.of(request.principal().toString()));
  }

  private record OnlyAnn() implements Guard {
    @Override
    public boolean open() {
      return false;
    }

    @Override
    public boolean permits(Request request) {
      return request.principal().equals(NAMES.get("a"));
    }

    @Override
    public @Nullable CharSequence challenge(Refusal refusal, Request request) {
      return refusal.code() == ErrorCode.INVALID_TOKEN ? "Name" : null;
    }
  }

  /// Knows names by one letter; one name is never known from memory.
  private static final class Names implements Authenticator {
    @Override
    public Principal authenticate(Request request) {
      authenticated.incrementAndGet();
      return known(request);
    }

    @Override
    public @Nullable Principal recall(Request request) {
      Principal known = known(request);
      return known.equals(NAMES.get("slow")) ? null : known;
    }

    private static Principal known(Request request) {
      Name name = NAMES.get(request.header("x-name").orElse(""));
      if (name == null) {
        throw Refusal.invalidToken();
      }
      return name;
    }
  }
}
