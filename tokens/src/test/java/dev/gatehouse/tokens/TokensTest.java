package dev.gatehouse.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.token.ServerKey.Purpose;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final String NEXT_SECRET = SecretKeys.generate(TokenFixture.RANDOM);

  private final TokenFixture fixture = new TokenFixture();

  @Test
  void worksAsOnePartAcrossInstances() {
    try (Tokens left = open(TokenFixture.SECRET);
        Tokens right = open(TokenFixture.SECRET)) {
      var parent = left.refreshTokenChain().first(fixture.session());
      String token = left.accessTokens().issue(fixture.user(), fixture.session()).token();

      assertThat(right.accessTokens().verify(token)).isEqualTo(left.accessTokens().verify(token));
      assertThat(right.refreshTokenChain().successor(parent))
          .isEqualTo(left.refreshTokenChain().successor(parent));
      assertThat(right.publishedKeys().current().version())
          .isEqualTo(left.publishedKeys().current().version());
    }
  }

  @Test
  void publishesPublicHalvesOnly() throws ParseException {
    try (Tokens tokens = open(TokenFixture.SECRET)) {
      KeySet published = tokens.publishedKeys().current();

      var set = JSONObjectUtils.parse(new String(published.body(), US_ASCII));
      Map<String, Object>[] keys = JSONObjectUtils.getJSONObjectArray(set, "keys");
      assertThat(set).containsOnlyKeys("keys");
      assertThat(keys).hasSize(1);
      assertThat(keys[0])
          .containsOnlyKeys("kty", "use", "alg", "kid", "crv", "x", "y")
          .containsEntry("kty", "EC")
          .containsEntry("use", "sig")
          .containsEntry("alg", "ES256")
          .containsEntry("crv", "P-256")
          .containsEntry("kid", fixture.keys().signingKeys().getFirst().kid());
    }
  }

  @Test
  void changesTheVersionWithTheKeySet() {
    try (Tokens before = open(TokenFixture.SECRET)) {
      KeyRotation rotation = before.rotateSigningKey();
      try (Tokens after = open(TokenFixture.SECRET)) {
        assertThat(after.publishedKeys().current().version())
            .isNotEqualTo(before.publishedKeys().current().version());
        assertThat(new String(after.publishedKeys().current().body(), US_ASCII))
            .contains(rotation.kid());
      }
    }
  }

  @Test
  void describesItselfTruthfully() throws ParseException {
    try (Tokens tokens = open(TokenFixture.SECRET)) {
      var document = JSONObjectUtils.parse(new String(tokens.discovery().body(), US_ASCII));

      assertThat(document)
          .containsEntry("issuer", "https://id.example.org")
          .containsEntry("jwks_uri", "https://id.example.org/.well-known/jwks.json")
          .containsEntry("introspection_endpoint", "https://id.example.org/v1/tokens/introspect")
          .containsEntry(
              "introspection_endpoint_auth_methods_supported",
              List.of("client_secret_basic", "client_secret_post", "Bearer"))
          .containsEntry("response_types_supported", List.of());
    }
  }

  @Test
  void refusesToStartWithoutTheSecretKeyThatSealed() {
    open(TokenFixture.SECRET).close();

    assertThatThrownBy(() -> open(NEXT_SECRET))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("GATEHOUSE_SECRET_KEY");
  }

  @Test
  void changesTheSecretKeyInThreeStepsWithoutRefusingToken() {
    try (Tokens first = open(TokenFixture.SECRET);
        Tokens second = open(TokenFixture.SECRET + "," + NEXT_SECRET);
        Tokens third = open(NEXT_SECRET + "," + TokenFixture.SECRET);
        Tokens fourth = open(NEXT_SECRET)) {
      String token = first.accessTokens().issue(fixture.user(), fixture.session()).token();

      for (Tokens tokens : List.of(second, third, fourth)) {
        assertThat(tokens.accessTokens().verify(token)).isNotNull();
        String newer = tokens.accessTokens().issue(fixture.user(), fixture.session()).token();
        assertThat(first.accessTokens().verify(newer)).isNotNull();
      }
      assertThat(fixture.store.list(Purpose.ACCESS_TOKEN_SIGNING)).hasSize(1);
    }
  }

  @Test
  void leavesNoThreadBehind() {
    open(TokenFixture.SECRET).close();

    Predicate<Thread> ours = thread -> thread.getName().equals("key-refresh");
    await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).noneMatch(ours));
  }

  private Tokens open(String secrets) {
    return Tokens.open(
        TokenFixture.SETTINGS,
        TokenFixture.secrets(secrets),
        fixture.store,
        fixture.clock,
        fixture.clocksAgree::get,
        fixture.ids,
        TokenFixture.RANDOM,
        AuditLog.NONE,
        new PeriodicTasks(PeriodicTaskListener.NONE));
  }
}
