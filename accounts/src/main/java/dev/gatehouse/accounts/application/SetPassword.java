package dev.gatehouse.accounts.application;

import dev.gatehouse.accounts.error.ErrorCode;
import dev.gatehouse.accounts.error.InvalidFields;
import dev.gatehouse.accounts.error.Refusal;
import dev.gatehouse.accounts.error.Unavailable;
import dev.gatehouse.accounts.model.Actor;
import dev.gatehouse.accounts.model.AuditEvent;
import dev.gatehouse.accounts.model.AuditLog;
import dev.gatehouse.accounts.model.Credentials;
import dev.gatehouse.accounts.model.Moments;
import dev.gatehouse.accounts.model.Origin;
import dev.gatehouse.accounts.model.Password;
import dev.gatehouse.accounts.model.PasswordHash;
import dev.gatehouse.accounts.model.PasswordHasher;
import dev.gatehouse.accounts.model.PasswordPolicy;
import dev.gatehouse.accounts.model.Revocations;
import dev.gatehouse.accounts.model.SessionId;
import dev.gatehouse.accounts.model.UserId;
import dev.gatehouse.accounts.model.Users;
import java.util.List;
import java.util.Optional;

/// Gives a user another password without the current one, for administrators and operators. All
/// sessions of the user end. Thread-safe.
public final class SetPassword {
  private static final int ATTEMPTS = 5;

  private final Users users;
  private final PasswordHasher hasher;
  private final PasswordPolicy policy;
  private final Revocations revocations;
  private final AuditLog audit;
  private final Moments moments;

  public SetPassword(
      Users users,
      PasswordHasher hasher,
      PasswordPolicy policy,
      Revocations revocations,
      AuditLog audit,
      Moments moments) {
    this.users = users;
    this.hasher = hasher;
    this.policy = policy;
    this.revocations = revocations;
    this.audit = audit;
    this.moments = moments;
  }

  /// Sets the password. The status stays: a disabled user cannot sign in with it.
  ///
  /// @throws Refusal `NOT_FOUND`; `FORBIDDEN` for administrators themselves, who change theirs with
  ///     the current one
  /// @throws InvalidFields when the password is not acceptable
  /// @throws Unavailable when hasher or store cannot serve
  public void set(UserId id, String newPassword, Actor actor, Origin origin) {
    if (actor.is(id)) {
      throw new Refusal(
          ErrorCode.FORBIDDEN, "Administrators change their own password with the current one.");
    }
    var password = new Password(newPassword);
    Credentials stored = stored(id);
    AcceptablePassword.require(policy, password, stored.user());
    PasswordHash next = hasher.hash(password, PasswordHasher.Standing.GOOD);
    revocations.add(replaced(stored, next));
    audit.record(
        new AuditEvent(AuditEvent.Kind.PASSWORD_CHANGED, actor.name(), id.toString(), origin));
  }

  /// The password set here takes the place of whatever is stored, a change in between included.
  private List<SessionId> replaced(Credentials first, PasswordHash next) {
    Credentials stored = first;
    for (int attempt = 1; ; attempt++) {
      UserId id = stored.user().id();
      try {
        return users.changePassword(
            id, stored.passwordHash(), next, Optional.empty(), moments.now());
      } catch (Refusal refusal) {
        boolean raced = refusal.code() == ErrorCode.STALE_VERSION;
        if (!raced || attempt == ATTEMPTS) {
          throw refusal;
        }
        stored = stored(id);
      }
    }
  }

  private Credentials stored(UserId id) {
    return users.findCredentials(id).orElseThrow(Refusal::notFound);
  }
}
