package dev.gatehouse.accounts.profile;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.signin.Authenticate;
import dev.gatehouse.accounts.user.AcceptablePassword;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.PasswordPolicy;
import dev.gatehouse.accounts.user.StaleVersionRetry;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.util.List;
import java.util.Optional;

/// Changes the password of a user and ends all other sessions of that user. Thread-safe.
public final class ChangePassword {
  /// Each attempt verifies and hashes a password.
  private static final int ATTEMPTS = 2;

  private final Users users;
  private final Authenticate authenticate;
  private final PasswordHasher hasher;
  private final PasswordPolicy policy;
  private final Revocations revocations;
  private final AuditLog audit;

  public ChangePassword(
      Users users,
      Authenticate authenticate,
      PasswordHasher hasher,
      PasswordPolicy policy,
      Revocations revocations,
      AuditLog audit) {
    this.users = users;
    this.authenticate = authenticate;
    this.hasher = hasher;
    this.policy = policy;
    this.revocations = revocations;
    this.audit = audit;
  }

  /// Changes the password.
  ///
  /// @param session the one that goes on
  /// @throws Refusal `WRONG_PASSWORD`; `INVALID_TOKEN` when the account is gone
  /// @throws InvalidFields when the new password is not acceptable
  /// @throws Unavailable when hasher or store cannot serve
  public void change(
      UserId id, SessionId session, String currentPassword, String newPassword, Origin origin) {
    var password = new Password(newPassword);
    User owner = users.find(id).filter(User::active).orElseThrow(Refusal::invalidToken);
    AcceptablePassword.require(policy, password, owner);
    List<SessionId> ended =
        StaleVersionRetry.run(
            ATTEMPTS,
            _ -> replaced(authenticate.byId(id, currentPassword, origin), password, session));
    revocations.add(ended);
    audit.record(AuditEvent.by(AuditEvent.Kind.PASSWORD_CHANGED, id, origin));
  }

  private List<SessionId> replaced(Credentials verified, Password password, SessionId session) {
    var next = hasher.hash(password, PasswordHasher.Trust.NORMAL);
    return users.changePassword(
        verified.user().id(), verified.passwordHash(), next, Optional.of(session));
  }
}
