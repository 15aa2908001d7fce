package dev.gatehouse.tokens;

import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.id.Fingerprints;
import dev.gatehouse.accounts.id.Ids;
import dev.gatehouse.accounts.session.RefreshTokenChain;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.accounts.token.ServerKeys;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/// All services for tokens. Owns one thread, which synchronises the keys with the store and ends on
/// close. Thread-safe.
public final class Tokens implements AutoCloseable {
  /// Including the timeouts of a slow store, every instance follows within 30 s.
  private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(20);

  private static final Duration REFRESH_DISTANCE = Duration.ofSeconds(5);

  /// About twenty thousand tokens.
  private static final long REMEMBERED_BYTES = 16 << 20;

  private final KeyRing ring;
  private final KeyRefresh refresh;
  private final AccessTokens accessTokens;
  private final RefreshTokenChain refreshTokenChain;
  private final Fingerprints fingerprints;
  private final ProviderMetadata discovery;

  private Tokens(
      KeyRing ring,
      KeyRefresh refresh,
      AccessTokens accessTokens,
      RefreshTokenChain refreshTokenChain,
      Fingerprints fingerprints,
      ProviderMetadata discovery) {
    this.ring = ring;
    this.refresh = refresh;
    this.accessTokens = accessTokens;
    this.refreshTokenChain = refreshTokenChain;
    this.fingerprints = fingerprints;
    this.discovery = discovery;
  }

  /// Reads the keys, creates missing ones, encrypts again what an older secret key has encrypted,
  /// and starts to follow the store.
  ///
  /// @param clock the estimated clock of the store
  /// @param clocksAgree whether the estimate permits adding and removing keys
  /// @param random cryptographically strong
  /// @param audit records when this process creates a signing key that replaces another
  /// @throws Fault with a message for the operator, when a stored key cannot be decrypted with
  ///     these secret keys
  /// @throws Unavailable when the store does not respond
  public static Tokens open(
      TokenSettings settings,
      SecretKeys secrets,
      ServerKeys store,
      InstantSource clock,
      BooleanSupplier clocksAgree,
      Ids ids,
      SecureRandom random,
      AuditLog audit,
      PeriodicTasks tasks) {
    var keys = new SealedKeys(store, secrets, random);
    keys.resealAll();
    var plan = new RotationPlan(settings.keyRotation(), settings.accessTtl());
    var ring = new KeyRing(keys, plan, clock, clocksAgree, audit);
    byte[] derivationKey = keys.derivationKey();
    var chain = new HmacRefreshTokenChain(derivationKey, random);
    var fingerprints = new HmacFingerprints(derivationKey);
    var refresh =
        new KeyRefresh(ring::refresh, REFRESH_INTERVAL, REFRESH_DISTANCE, System::nanoTime, tasks);
    var verified = new VerifiedTokens(REMEMBERED_BYTES, settings.accessTtl());
    var access = new JwtAccessTokens(ring::current, refresh::soon, verified, settings, clock, ids);
    return new Tokens(
        ring, refresh, access, chain, fingerprints, new ProviderMetadata(settings.issuer()));
  }

  /// Issues and verifies access tokens.
  public AccessTokens accessTokens() {
    return accessTokens;
  }

  /// Derives refresh tokens from their parents.
  public RefreshTokenChain refreshTokenChain() {
    return refreshTokenChain;
  }

  /// Fingerprints under the server key of refresh tokens.
  public Fingerprints fingerprints() {
    return fingerprints;
  }

  /// The key set to publish.
  public PublishedKeys publishedKeys() {
    return () -> ring.current().published();
  }

  /// The discovery document to publish.
  public ProviderMetadata discovery() {
    return discovery;
  }

  /// Publishes the next signing key now. Blocks on the store.
  ///
  /// @throws Unavailable when the store does not respond
  public KeyRotation rotateSigningKey() {
    return ring.rotate();
  }

  @Override
  public void close() {
    refresh.close();
  }
}
