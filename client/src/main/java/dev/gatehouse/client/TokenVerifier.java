package dev.gatehouse.client;

import dev.gatehouse.accounts.token.AccessTokens.Claims;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.resilience.upstream.Idempotency;
import dev.gatehouse.tokens.OfflineTokens;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Verifies access tokens in an application: the signature with published keys that are kept, and,
/// with an API key, whether the session still is, asked at most once a second for each session.
/// Goes on with the keys it has while the service cannot be reached. Thread-safe.
public final class TokenVerifier {
  private static final Logger log = LoggerFactory.getLogger(TokenVerifier.class);
  private static final Duration KEYS_KEPT = Duration.ofMinutes(5);
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(5);
  private static final Duration LONGEST_FETCH = Duration.ofSeconds(3);
  private static final int OK = 200;

  private final ReentrantLock fetching = new ReentrantLock();
  private final AtomicInteger fetches = new AtomicInteger();
  private final ServiceClient service;
  private final OfflineTokens tokens;
  private final Optional<SessionStates> sessions;
  private final LongSupplier nanoTime;
  private volatile long fetchedAt;
  private volatile boolean fetched;
  private @Nullable IOException failure;

  /// Has no keys yet; they are fetched for the first token.
  ///
  /// @param issuer what tokens must name as `iss`
  /// @param audience what they must name as `aud`
  /// @param sessions tells whether a session is; without it a signed-out session's tokens hold
  ///     until they expire, after five minutes unless set otherwise
  public TokenVerifier(
      ServiceClient service, String issuer, String audience, Optional<SessionStates> sessions) {
    this(service, issuer, audience, sessions, InstantSource.system(), System::nanoTime);
  }

  TokenVerifier(
      ServiceClient service,
      String issuer,
      String audience,
      Optional<SessionStates> sessions,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.service = service;
    this.tokens = new OfflineTokens(issuer, audience, clock);
    this.sessions = sessions;
    this.nanoTime = nanoTime;
  }

  /// Reads a token.
  ///
  /// @throws Refusal `INVALID_TOKEN` when it is not the issuer's, altered, expired, or its session
  ///     has ended
  /// @throws IOException when the keys have never been had, or, where sessions are asked about and
  ///     doubt counts against them, the service cannot be asked
  public Claims verify(String token) throws IOException, InterruptedException {
    if (!fetched || olderThan(KEYS_KEPT) || unknownKey(token)) {
      fetchKeys();
    }
    Claims claims = tokens.verify(token);
    if (sessions.isPresent() && !sessions.get().stands(claims.session(), token)) {
      throw Refusal.invalidToken();
    }
    return claims;
  }

  private boolean unknownKey(String token) {
    return olderThan(BETWEEN_FETCHES) && !tokens.knowsKeyOf(token);
  }

  private boolean olderThan(Duration age) {
    return nanoTime.getAsLong() - fetchedAt >= age.toNanos();
  }

  /// By one caller at a time; the others go on with the keys there are, unless there are none: then
  /// they wait for those, or share the failure.
  private void fetchKeys() throws IOException, InterruptedException {
    int before = fetches.get();
    if (fetched && !fetching.tryLock()) {
      return;
    }
    if (!fetching.isHeldByCurrentThread()) {
      fetching.lockInterruptibly();
    }
    try {
      if (fetches.get() == before) {
        tryToFetch();
      }
      if (!fetched && failure != null) {
        throw new IOException("there are no keys to verify with", failure);
      }
    } finally {
      fetching.unlock();
    }
  }

  private void tryToFetch() throws InterruptedException {
    try {
      fetch();
      failure = null;
    } catch (IOException unreachable) {
      failure = unreachable;
      if (fetched) {
        log.warn(
            "The keys could not be fetched, those there are serve on: {}", unreachable.toString());
      }
    } finally {
      fetchedAt = nanoTime.getAsLong();
      fetches.incrementAndGet();
    }
  }

  private void fetch() throws IOException, InterruptedException {
    ServiceResponse response =
        service.send(
            ServiceRequest.get("/.well-known/jwks.json"), Idempotency.ALWAYS, LONGEST_FETCH);
    if (response.status() != OK) {
      throw new IOException("the endpoint of the keys responded with status " + response.status());
    }
    try {
      tokens.trust(response.body());
      fetched = true;
    } catch (ParseException broken) {
      throw new IOException("the keys cannot be read", broken);
    }
  }
}
