package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.signin.SessionTokens;
import dev.gatehouse.accounts.token.IntrospectToken;
import dev.gatehouse.api.token.KeysResource;
import dev.gatehouse.api.token.TokensResource;
import dev.gatehouse.app.settings.TokenConfiguration;
import dev.gatehouse.http.Route;
import dev.gatehouse.postgres.token.PostgresServerKeys;
import dev.gatehouse.tokens.TokenSettings;
import dev.gatehouse.tokens.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Issues and verifies tokens, publishes the keys that verify them, and rotates the keys.
record TokenPart(Tokens tokens, SessionTokens ofSessions, List<Route> routes) implements Part {
  /// Less than a new signing key is published ahead of its use.
  private static final Duration KEYS_CACHED = Duration.ofMinutes(5);

  static TokenPart start(Platform platform, Revocations revocations) {
    Tokens tokens = platform.start("the tokens", () -> open(platform));
    var lifetime = TokenConfiguration.sessions(platform.configuration());
    TokenSettings settings = TokenConfiguration.tokens(platform.configuration());
    var introspect = new IntrospectToken(tokens.accessTokens(), revocations);
    var resource = new TokensResource(introspect, settings.issuer(), settings.audience());
    var keys =
        new KeysResource(
            () -> tokens.publishedKeys().current().body(), KEYS_CACHED, tokens.discovery().body());
    return new TokenPart(
        tokens,
        new SessionTokens(tokens.accessTokens(), tokens.refreshTokenChain(), lifetime),
        Stream.of(resource.routes(), keys.routes()).flatMap(List::stream).toList());
  }

  static Tokens open(Platform platform) {
    return Tokens.open(
        TokenConfiguration.tokens(platform.configuration()),
        TokenConfiguration.secretKeys(platform.configuration(), platform.random()),
        new PostgresServerKeys(platform.database()),
        platform.clock(),
        platform.clock()::agrees,
        platform.ids(),
        platform.random(),
        platform.audit(),
        platform.tasks());
  }
}
