package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.errors.Refusal;
import java.util.List;
import java.util.Optional;

/// The store of users. All times are by the store's clock. Every method is atomic, blocks its
/// (virtual) thread, gives up at the store's time-outs with [Unavailable], and is safe to call from
/// any thread. What a method has acknowledged by returning survives a crash.
public interface Users extends UsersById {
  /// Adds a new user.
  ///
  /// @return the user as stored
  /// @throws Refusal `EMAIL_TAKEN` when an account has the same compared address
  User add(NewUser user, PasswordHash hash);

  /// Whether an account has the same compared address as of now. Only [#add] decides.
  boolean isTaken(EmailAddress email);

  /// The user of this id with the stored password.
  Optional<Credentials> findCredentials(UserId id);

  /// The user of this address with the stored password.
  Optional<Credentials> findCredentials(EmailAddress email);

  /// The first users that a query asks for, in its order.
  List<User> search(UserQuery query);

  /// Writes a changed user whose version is one above the stored one. Status and roles included; a
  /// user that becomes disabled loses all sessions in the same step. Its times are not written.
  ///
  /// @throws Refusal `STALE_VERSION` when the stored version is another, `NOT_FOUND` when there is
  ///     no such user, `EMAIL_TAKEN` when another account has the address, `LAST_ADMINISTRATOR`
  ///     when no active administrator would remain where there is one
  UserUpdate update(User changed);

  /// As [#update], and all sessions of the user end in the same step.
  UserUpdate updateAndEndSessions(User changed);

  /// Replaces the password and ends all sessions but one in the same step.
  ///
  /// @param current the stored hash that was verified; makes two racing changes exclude each other
  /// @param kept the session that goes on
  /// @return the sessions that ended
  /// @throws Refusal `STALE_VERSION` when another hash is stored by now, `NOT_FOUND` when there is
  ///     no such user
  List<SessionId> changePassword(
      UserId id, PasswordHash current, PasswordHash next, Optional<SessionId> kept);

  /// Stores the same password in another form. Does nothing when the stored hash is no longer the
  /// one that was verified.
  ///
  /// @return whether it was stored
  boolean rehash(UserId id, PasswordHash current, PasswordHash next);

  /// Deletes the user and all sessions.
  ///
  /// @return the sessions that ended; empty also when there was no such user
  /// @throws Refusal `LAST_ADMINISTRATOR` when the user is the last active administrator
  List<SessionId> remove(UserId id);
}
