package dev.gatehouse.accounts.user;

import java.util.List;
import java.util.Optional;

/// A user as a line of a file tells it: nothing here has been looked at yet.
///
/// @param id a UUID; one is made when there is none
/// @param email the one field without which there is no user
/// @param profile the fields of the profile
/// @param emailVerified not verified when it is missing
/// @param status `active` when it is missing
/// @param roles names
/// @param passwordHash in a form that the hasher can check
/// @param createdAt as RFC 3339 writes it; the time of the import when it is missing
public record UserRecord(
    Optional<String> id,
    Optional<String> email,
    ProfileInput profile,
    Optional<Boolean> emailVerified,
    Optional<String> status,
    List<String> roles,
    Optional<String> passwordHash,
    Optional<String> createdAt) {
  public UserRecord {
    roles = List.copyOf(roles);
  }

  @Override
  public String toString() {
    return "UserRecord[redacted]";
  }
}
