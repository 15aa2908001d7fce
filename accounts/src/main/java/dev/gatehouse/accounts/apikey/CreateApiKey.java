package dev.gatehouse.accounts.apikey;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.accounts.id.Ids;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Unavailable;
import java.security.SecureRandom;
import java.util.Set;

/// Makes API keys. Thread-safe.
public final class CreateApiKey {
  private final ApiKeys keys;
  private final AuditLog audit;
  private final Ids ids;
  private final SecureRandom random;

  public CreateApiKey(ApiKeys keys, AuditLog audit, Ids ids, SecureRandom random) {
    this.keys = keys;
    this.audit = audit;
    this.ids = ids;
    this.random = random;
  }

  /// A new key, and the one sight of its secret there will ever be.
  public record Created(ApiKey key, ApiKeySecret secret) {}

  /// Makes a key.
  ///
  /// @throws InvalidFields when the name, the scopes or the end cannot be accepted
  /// @throws Unavailable when the store cannot serve
  public Created create(String name, Set<Scope> scopes, Expiry expiry, Actor actor, Origin origin) {
    var made = new NewApiKey(new ApiKeyId(ids.next()), name, scopes);
    byte[] bytes = new byte[ApiKeySecret.BYTES];
    random.nextBytes(bytes);
    var secret = new ApiKeySecret(bytes);
    ApiKey key = keys.add(made, secret, expiry);
    audit.record(
        new AuditEvent(AuditEvent.Kind.API_KEY_CREATED, actor.name(), key.id().toString(), origin));
    return new Created(key, secret);
  }
}
