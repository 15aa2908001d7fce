package dev.gatehouse.app.command.operator;

import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.app.config.Names;
import dev.gatehouse.errors.InvalidFields;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Reads the roles that are named on the command line. Applications may give their own roles a
/// meaning, so any name of the right shape is one; but a name near one that means something is
/// taken for a slip, since neither `admim` granted nor `admim` revoked would be noticed.
public final class RoleNames {
  private static final int SLIPS = 2;

  private RoleNames() {}

  /// A role to grant.
  ///
  /// @param custom whether the name is meant even when it is near another
  /// @throws InvalidFields when it is a slip, or has not the shape of a role
  public static Role granted(String name, boolean custom) {
    List<String> reserved = List.of(Role.ADMIN.name());
    if (!custom && !reserved.contains(name)) {
      refuseSlip(name, reserved, " If %s is a role of its own, add --custom.".formatted(name));
    }
    return new Role(name);
  }

  /// A role to take from a user. One that the user does not have is no fault, unless it is a slip.
  ///
  /// @throws InvalidFields when it is a slip, or has not the shape of a role
  public static Role revoked(String name, Set<Role> held) {
    List<String> known =
        Stream.concat(held.stream(), Stream.of(Role.ADMIN)).map(Role::name).toList();
    if (!known.contains(name)) {
      refuseSlip(name, known, "");
    }
    return new Role(name);
  }

  private static void refuseSlip(String name, Collection<String> known, String otherwise) {
    Names.nearest(name.toLowerCase(Locale.ROOT), known, SLIPS)
        .ifPresent(
            meant -> {
              throw InvalidFields.of(
                  "role", "unknown", name + " is none; did you mean " + meant + "?" + otherwise);
            });
  }
}
