package dev.gatehouse.accounts.profile;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.signin.Authenticate;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.ProfileUpdate;
import dev.gatehouse.accounts.user.StaleVersionRetry;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/// Changes the profile and the email address of a user. Thread-safe.
public final class UpdateProfile {
  private final Users users;
  private final Authenticate authenticate;
  private final AuditLog audit;

  public UpdateProfile(Users users, Authenticate authenticate, AuditLog audit) {
    this.users = users;
    this.authenticate = authenticate;
    this.audit = audit;
  }

  /// Changes or clears fields of the profile.
  ///
  /// @param expected the version the caller has seen; without one the last writer wins
  /// @return the user as it is now
  /// @throws InvalidFields naming every field at fault
  /// @throws Refusal `STALE_VERSION`; `INVALID_TOKEN` when the account is gone
  /// @throws Unavailable when the store cannot serve
  public User update(UserId id, ProfileInput input, OptionalLong expected) {
    ProfileUpdate update = input.validated();
    return change(id, expected, user -> user.with(update.applyTo(user.profile())));
  }

  /// Moves the account to another email address, which then is unverified.
  ///
  /// @param expected the version the caller has seen; without one the last writer wins
  /// @return the user as it is now
  /// @throws InvalidFields when it is not an address
  /// @throws Refusal `WRONG_PASSWORD`, `EMAIL_TAKEN`, `STALE_VERSION`; `INVALID_TOKEN` when the
  ///     account is gone
  /// @throws Unavailable when hasher or store cannot serve
  public User changeEmail(
      UserId id, String email, String currentPassword, OptionalLong expected, Origin origin) {
    EmailAddress address = EmailAddress.parse(email);
    authenticate.byId(id, currentPassword, origin);
    User moved = change(id, expected, user -> moved(user, address));
    audit.record(AuditEvent.by(AuditEvent.Kind.EMAIL_CHANGED, id, origin));
    return moved;
  }

  private User moved(User user, EmailAddress address) {
    if (!address.canonical().equals(user.email().canonical()) && users.isTaken(address)) {
      throw Refusal.emailTaken();
    }
    return user.movedTo(address);
  }

  private User change(UserId id, OptionalLong expected, UnaryOperator<User> edit) {
    return StaleVersionRetry.run(expected, () -> changed(id, expected, edit));
  }

  private User changed(UserId id, OptionalLong expected, UnaryOperator<User> edit) {
    User stored = users.find(id).filter(User::active).orElseThrow(Refusal::invalidToken);
    if (expected.isPresent() && expected.getAsLong() != stored.version()) {
      throw Refusal.staleVersion();
    }
    return users.update(edit.apply(stored)).user();
  }
}
