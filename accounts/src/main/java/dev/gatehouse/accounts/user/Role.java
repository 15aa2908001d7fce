package dev.gatehouse.accounts.user;

import dev.gatehouse.errors.InvalidFields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A role an application or Gatehouse itself gives meaning to.
///
/// @param name 1 to 32 characters of `a-z0-9_-`, beginning with a letter
public record Role(String name) {
  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  /// May administer users.
  public static final Role ADMIN = new Role("admin");

  /// @throws InvalidFields when the name has another shape
  public Role {
    if (!SHAPE.matcher(name).matches()) {
      throw InvalidFields.of(
          "roles", "invalid", "A role has 1 to 32 characters of a-z, 0-9, _ and -.");
    }
  }

  /// The roles of these names.
  ///
  /// @throws InvalidFields when a name has another shape or comes twice
  public static Set<Role> all(List<String> names) {
    var roles = new HashSet<Role>();
    for (String name : names) {
      if (!roles.add(new Role(name))) {
        throw InvalidFields.of("roles", "duplicate", "A role is named twice.");
      }
    }
    return roles;
  }
}
