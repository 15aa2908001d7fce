package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.id.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A user account that is not stored yet: the store gives it its times and its first version.
/// Immutable.
///
/// @param roles at most [User#MAX_ROLES]
/// @param createdAt when the account was made elsewhere; empty for one that is made now
public record NewUser(
    UserId id,
    EmailAddress email,
    Profile profile,
    boolean emailVerified,
    UserStatus status,
    Set<Role> roles,
    Optional<Instant> createdAt) {
  public NewUser {
    roles = Set.copyOf(roles);
  }

  /// One that registers: active, without roles, its address not yet verified.
  public static NewUser registered(UserId id, EmailAddress email, Profile profile) {
    return new NewUser(id, email, profile, false, UserStatus.ACTIVE, Set.of(), Optional.empty());
  }

  /// The user that is stored at a moment.
  public User storedAt(Instant at) {
    return new User(id, email, profile, emailVerified, status, roles, createdAt.orElse(at), at, 1);
  }
}
