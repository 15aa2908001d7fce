package dev.gatehouse.accounts.application;

import dev.gatehouse.accounts.error.InvalidFields;
import dev.gatehouse.accounts.error.Unavailable;
import dev.gatehouse.accounts.model.Actor;
import dev.gatehouse.accounts.model.ApiKey;
import dev.gatehouse.accounts.model.ApiKeyId;
import dev.gatehouse.accounts.model.ApiKeySecret;
import dev.gatehouse.accounts.model.ApiKeys;
import dev.gatehouse.accounts.model.AuditEvent;
import dev.gatehouse.accounts.model.AuditLog;
import dev.gatehouse.accounts.model.Expiry;
import dev.gatehouse.accounts.model.Ids;
import dev.gatehouse.accounts.model.Moments;
import dev.gatehouse.accounts.model.Origin;
import dev.gatehouse.accounts.model.Scope;
import java.security.SecureRandom;
import java.util.Set;

/// Makes API keys. Thread-safe.
public final class CreateApiKey {
  private final ApiKeys keys;
  private final AuditLog audit;
  private final Ids ids;
  private final SecureRandom random;
  private final Moments moments;

  public CreateApiKey(ApiKeys keys, AuditLog audit, Ids ids, SecureRandom random, Moments moments) {
    this.keys = keys;
    this.audit = audit;
    this.ids = ids;
    this.random = random;
    this.moments = moments;
  }

  /// A new key, and the one sight of its secret there will ever be.
  public record Created(ApiKey key, ApiKeySecret secret) {}

  /// Makes a key.
  ///
  /// @throws InvalidFields when the name, the scopes or the end cannot be accepted
  /// @throws Unavailable when the store cannot serve
  public Created create(String name, Set<Scope> scopes, Expiry expiry, Actor actor, Origin origin) {
    ApiKey made = ApiKey.create(new ApiKeyId(ids.next()), name, scopes, moments.now());
    byte[] bytes = new byte[ApiKeySecret.BYTES];
    random.nextBytes(bytes);
    var secret = new ApiKeySecret(bytes);
    ApiKey key = keys.add(made, secret, expiry);
    audit.record(
        new AuditEvent(AuditEvent.Kind.API_KEY_CREATED, actor.name(), key.id().toString(), origin));
    return new Created(key, secret);
  }
}
