package dev.gatehouse.accounts.profile;

import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.ProfileUpdate;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.errors.InvalidFields;
import java.util.Optional;
import java.util.Set;

/// What is to become of a user; what is empty stays as it is.
///
/// @param profile what becomes of the profile
/// @param email another address, which is not verified unless `emailVerified` says so
/// @param emailVerified whether the address counts as the user's own
/// @param status whether the account may be used
/// @param roles all roles the user has from then on
public record UserChange(
    ProfileUpdate profile,
    Optional<EmailAddress> email,
    Optional<Boolean> emailVerified,
    Optional<UserStatus> status,
    Optional<Set<Role>> roles) {
  /// @throws InvalidFields when the roles are too many
  public UserChange {
    roles = roles.map(Set::copyOf);
    if (roles.filter(all -> all.size() > User.MAX_ROLES).isPresent()) {
      throw InvalidFields.of("roles", "too_many", "A user has at most 16 roles.");
    }
  }

  /// Another status and nothing else.
  public static UserChange of(UserStatus status) {
    return new UserChange(
        ProfileUpdate.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.of(status),
        Optional.empty());
  }

  /// Other roles and nothing else.
  public static UserChange of(Set<Role> roles) {
    return new UserChange(
        ProfileUpdate.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(roles));
  }

  /// Whether the address counts as the user's own, and nothing else.
  public static UserChange ofVerified(boolean emailVerified) {
    return new UserChange(
        ProfileUpdate.NONE,
        Optional.empty(),
        Optional.of(emailVerified),
        Optional.empty(),
        Optional.empty());
  }

  /// The user after the change; the same one when nothing would be different.
  public User applyTo(User user) {
    EmailAddress address = email.orElse(user.email());
    boolean moved = !address.canonical().equals(user.email().canonical());
    var changed =
        new User(
            user.id(),
            address,
            profile.applyTo(user.profile()),
            emailVerified.orElse(user.emailVerified() && !moved),
            status.orElse(user.status()),
            roles.orElse(user.roles()),
            user.createdAt(),
            user.updatedAt(),
            user.version());
    return changed.equals(user) ? user : changed.nextVersion();
  }
}
