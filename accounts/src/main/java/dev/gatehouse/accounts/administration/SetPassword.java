package dev.gatehouse.accounts.administration;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.user.AcceptablePassword;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.PasswordPolicy;
import dev.gatehouse.accounts.user.StaleVersionRetry;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.util.List;
import java.util.Optional;

/// Gives a user another password without the current one, for administrators and operators. All
/// sessions of the user end. Thread-safe.
public final class SetPassword {
  private final Users users;
  private final PasswordHasher hasher;
  private final PasswordPolicy policy;
  private final Revocations revocations;
  private final AuditLog audit;

  public SetPassword(
      Users users,
      PasswordHasher hasher,
      PasswordPolicy policy,
      Revocations revocations,
      AuditLog audit) {
    this.users = users;
    this.hasher = hasher;
    this.policy = policy;
    this.revocations = revocations;
    this.audit = audit;
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
    PasswordHash next = hasher.hash(password, PasswordHasher.Trust.NORMAL);
    revocations.add(replaced(stored, next));
    audit.record(
        new AuditEvent(AuditEvent.Kind.PASSWORD_CHANGED, actor.name(), id.toString(), origin));
  }

  /// The password set here takes the place of whatever is stored, a change in between included.
  private List<SessionId> replaced(Credentials first, PasswordHash next) {
    UserId id = first.user().id();
    return StaleVersionRetry.run(
        attempt -> {
          Credentials stored = attempt == 1 ? first : stored(id);
          return users.changePassword(id, stored.passwordHash(), next, Optional.empty());
        });
  }

  private Credentials stored(UserId id) {
    return users.findCredentials(id).orElseThrow(Refusal::notFound);
  }
}
