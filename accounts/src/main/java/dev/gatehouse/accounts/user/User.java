package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.id.UserId;
import java.time.Instant;
import java.util.Set;

/// A user account, without its password. Immutable.
///
/// @param id forever
/// @param email unique in its compared form
/// @param profile what the user says about itself
/// @param emailVerified whether the owner has proved to receive mail there
/// @param status whether the account may be used
/// @param roles at most [#MAX_ROLES]
/// @param createdAt when the account was made, to the microsecond
/// @param updatedAt when one of these values was last stored, to the microsecond, by the store's
///     clock; a changed user keeps it until it is stored
/// @param version grows by one with each change; for optimistic updates
public record User(
    UserId id,
    EmailAddress email,
    Profile profile,
    boolean emailVerified,
    UserStatus status,
    Set<Role> roles,
    Instant createdAt,
    Instant updatedAt,
    long version) {
  /// The most roles one user can have.
  public static final int MAX_ROLES = 16;

  public User {
    roles = Set.copyOf(roles);
  }

  /// Whether the account may be used.
  public boolean active() {
    return status == UserStatus.ACTIVE;
  }

  /// Whether the user can administer others: has the role and may use the account.
  public boolean administrator() {
    return active() && roles.contains(Role.ADMIN);
  }

  /// This user with another profile.
  public User with(Profile other) {
    return new User(
        id, email, other, emailVerified, status, roles, createdAt, updatedAt, version + 1);
  }

  /// This user at another address, which is not yet verified.
  public User movedTo(EmailAddress address) {
    boolean verified = emailVerified && address.canonical().equals(email.canonical());
    return new User(
        id, address, profile, verified, status, roles, createdAt, updatedAt, version + 1);
  }

  /// This user at an address that was proved.
  public User verifiedAt(EmailAddress address) {
    return new User(id, address, profile, true, status, roles, createdAt, updatedAt, version + 1);
  }

  /// This user as it is stored at a moment.
  public User storedAt(Instant at) {
    return new User(id, email, profile, emailVerified, status, roles, createdAt, at, version);
  }

  /// This user as its next version.
  public User nextVersion() {
    return new User(
        id, email, profile, emailVerified, status, roles, createdAt, updatedAt, version + 1);
  }
}
