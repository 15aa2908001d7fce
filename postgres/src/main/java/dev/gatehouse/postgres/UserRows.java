package dev.gatehouse.postgres;

import dev.gatehouse.accounts.error.Fault;
import dev.gatehouse.accounts.model.Credentials;
import dev.gatehouse.accounts.model.DisplayName;
import dev.gatehouse.accounts.model.EmailAddress;
import dev.gatehouse.accounts.model.PasswordHash;
import dev.gatehouse.accounts.model.Role;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.accounts.model.UserId;
import dev.gatehouse.accounts.model.UserStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Translates between rows of `users` and the model.
final class UserRows {
  private UserRows() {}

  static User user(ResultSet row) throws SQLException {
    return new User(
        new UserId(row.getObject("id", UUID.class)),
        new EmailAddress(row.getString("email"), row.getString("email_compared")),
        Optional.ofNullable(row.getString("display_name")).map(DisplayName::new),
        row.getBoolean("email_verified"),
        status(row.getString("status")),
        roles((String[]) row.getArray("roles").getArray()),
        Times.instant(row, "created_at"),
        Times.instant(row, "updated_at"),
        row.getLong("version"));
  }

  static Credentials credentials(ResultSet row) throws SQLException {
    return new Credentials(user(row), new PasswordHash(row.getString("password_hash")));
  }

  static String status(UserStatus status) {
    return switch (status) {
      case ACTIVE -> "active";
      case DISABLED -> "disabled";
    };
  }

  static String[] roles(User user) {
    return user.roles().stream().map(Role::name).sorted().toArray(String[]::new);
  }

  private static UserStatus status(String stored) {
    return switch (stored) {
      case "active" -> UserStatus.ACTIVE;
      case "disabled" -> UserStatus.DISABLED;
      default -> throw new Fault("users.status holds an unknown value: " + stored);
    };
  }

  private static Set<Role> roles(String[] names) {
    return Arrays.stream(names).map(Role::new).collect(Collectors.toUnmodifiableSet());
  }
}
