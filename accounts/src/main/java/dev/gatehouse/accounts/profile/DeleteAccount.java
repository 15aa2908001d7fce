package dev.gatehouse.accounts.profile;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.signin.Authenticate;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;

/// Deletes the account of a user and ends all its sessions. Thread-safe.
public final class DeleteAccount {
  private final Users users;
  private final Authenticate authenticate;
  private final Revocations revocations;
  private final AuditLog audit;

  public DeleteAccount(
      Users users, Authenticate authenticate, Revocations revocations, AuditLog audit) {
    this.users = users;
    this.authenticate = authenticate;
    this.revocations = revocations;
    this.audit = audit;
  }

  /// Deletes the account permanently.
  ///
  /// @throws Refusal `WRONG_PASSWORD`; `INVALID_TOKEN` when the account is already gone;
  ///     `LAST_ADMINISTRATOR` when no active administrator would remain
  /// @throws Unavailable when the hasher or the store is unavailable
  public void delete(UserId id, String currentPassword, Origin origin) {
    authenticate.byId(id, currentPassword, origin);
    revocations.add(users.remove(id));
    audit.record(AuditEvent.by(AuditEvent.Kind.USER_DELETED, id, origin));
  }
}
