package dev.gatehouse.accounts.administration;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditEvent.Kind;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.StaleVersionRetry;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserUpdate;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.util.OptionalLong;
import java.util.function.Function;

/// Changes, deletes and signs out users on behalf of administrators and operators.
///
/// Access tokens carry roles, so anyone who loses one loses all sessions with it: every instance
/// then refuses the old tokens within a second. A role that is gained comes with the next token.
/// Administrators do not take their own right away here, and the store keeps the last active
/// administrator, also when two administrators remove each other at once. Thread-safe.
public final class AdministerUser {
  private final Users users;
  private final Sessions sessions;
  private final Revocations revocations;
  private final AuditLog audit;

  public AdministerUser(Users users, Sessions sessions, Revocations revocations, AuditLog audit) {
    this.users = users;
    this.sessions = sessions;
    this.revocations = revocations;
    this.audit = audit;
  }

  /// Changes a user.
  ///
  /// @param expected the version the caller has seen; without one the last writer wins
  /// @param change tells what to change, given the user as stored; may be asked again after a race
  /// @return the user as it is now
  /// @throws Refusal `NOT_FOUND`, `STALE_VERSION`, `EMAIL_TAKEN`, `LAST_ADMINISTRATOR`; `FORBIDDEN`
  ///     for administrators who would lock themselves out
  /// @throws Unavailable when the store cannot serve
  public User change(
      UserId id,
      OptionalLong expected,
      Function<User, UserChange> change,
      Actor actor,
      Origin origin) {
    return StaleVersionRetry.run(expected, () -> changed(id, expected, change, actor, origin));
  }

  private User changed(
      UserId id,
      OptionalLong expected,
      Function<User, UserChange> change,
      Actor actor,
      Origin origin) {
    User stored = users.find(id).orElseThrow(Refusal::notFound);
    if (expected.isPresent() && expected.getAsLong() != stored.version()) {
      throw Refusal.staleVersion();
    }
    User changed = change.apply(stored).applyTo(stored);
    if (changed.equals(stored)) {
      return stored;
    }
    requireOthersRights(stored, changed, actor);
    requireFreeAddress(stored, changed);
    User written = written(stored, changed);
    record(stored, written, actor, origin);
    return written;
  }

  /// Deletes a user for good; all sessions end.
  ///
  /// @throws Refusal `NOT_FOUND`, `LAST_ADMINISTRATOR`; `FORBIDDEN` for administrators themselves
  /// @throws Unavailable when the store cannot serve
  public void delete(UserId id, Actor actor, Origin origin) {
    if (actor.is(id)) {
      throw lockout();
    }
    requireExisting(id);
    revocations.add(users.remove(id));
    audit.record(new AuditEvent(Kind.USER_DELETED, actor.name(), id.toString(), origin));
  }

  /// Ends all sessions of a user.
  ///
  /// @throws Refusal `NOT_FOUND`
  /// @throws Unavailable when the store cannot serve
  public void endSessions(UserId id, Actor actor, Origin origin) {
    requireExisting(id);
    revocations.add(sessions.endAll(id));
    audit.record(new AuditEvent(Kind.ALL_SESSIONS_ENDED, actor.name(), id.toString(), origin));
  }

  private void requireExisting(UserId id) {
    if (users.find(id).isEmpty()) {
      throw Refusal.notFound();
    }
  }

  private User written(User stored, User changed) {
    boolean losesRoles = !changed.roles().containsAll(stored.roles());
    UserUpdate update = losesRoles ? users.updateAndEndSessions(changed) : users.update(changed);
    revocations.add(update.ended());
    return update.user();
  }

  private void requireFreeAddress(User stored, User changed) {
    boolean moved = !stored.email().canonical().equals(changed.email().canonical());
    if (moved && users.isTaken(changed.email())) {
      throw Refusal.emailTaken();
    }
  }

  private static void requireOthersRights(User stored, User changed, Actor actor) {
    boolean losesRight = stored.roles().contains(Role.ADMIN) && !changed.administrator();
    if (losesRight && actor.is(stored.id())) {
      throw lockout();
    }
  }

  private static Refusal lockout() {
    return new Refusal(
        ErrorCode.FORBIDDEN, "Administrators do not take their own rights away; others do.");
  }

  /// A move makes an address unverified without its own record.
  private void recordVerification(User stored, User changed, Actor actor, Origin origin) {
    boolean moved = !stored.email().canonical().equals(changed.email().canonical());
    boolean before = stored.emailVerified() && !moved;
    if (before == changed.emailVerified()) {
      return;
    }
    Kind kind = changed.emailVerified() ? Kind.EMAIL_VERIFIED : Kind.EMAIL_UNVERIFIED;
    audit.record(new AuditEvent(kind, actor.name(), stored.id().toString(), origin));
  }

  private void record(User stored, User changed, Actor actor, Origin origin) {
    String subject = stored.id().toString();
    if (!stored.email().equals(changed.email())) {
      audit.record(new AuditEvent(Kind.EMAIL_CHANGED, actor.name(), subject, origin));
    }
    recordVerification(stored, changed, actor, origin);
    if (stored.active() != changed.active()) {
      Kind kind = changed.active() ? Kind.USER_ENABLED : Kind.USER_DISABLED;
      audit.record(new AuditEvent(kind, actor.name(), subject, origin));
    }
    if (!stored.roles().equals(changed.roles())) {
      audit.record(new AuditEvent(Kind.ROLES_CHANGED, actor.name(), subject, origin));
    }
  }
}
