package dev.gatehouse.accounts.apikey;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;

/// Takes API keys out of use; every instance refuses them within a second. Thread-safe.
public final class RevokeApiKey {
  private final ApiKeys keys;
  private final AuditLog audit;

  public RevokeApiKey(ApiKeys keys, AuditLog audit) {
    this.keys = keys;
    this.audit = audit;
  }

  /// Revokes a key forever.
  ///
  /// @throws Refusal `NOT_FOUND` when there is no such key, or it was revoked before
  /// @throws Unavailable when the store cannot serve
  public void revoke(ApiKeyId id, Actor actor, Origin origin) {
    if (!keys.revoke(id)) {
      throw Refusal.notFound();
    }
    audit.record(
        new AuditEvent(AuditEvent.Kind.API_KEY_REVOKED, actor.name(), id.toString(), origin));
  }
}
