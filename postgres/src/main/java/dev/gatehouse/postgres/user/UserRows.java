package dev.gatehouse.postgres.user;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.Profile.Field;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.postgres.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Translates between rows of `users` and the model.
public final class UserRows {
  /// The columns of the profile.
  private static final List<String> PROFILE =
      Arrays.stream(Field.values()).map(Field::label).toList();

  /// The columns of [User].
  private static final List<String> COLUMNS =
      Stream.of(
              List.of("id", "email", "email_compared", "email_verified", "status", "roles"),
              PROFILE,
              List.of("version", "created_at", "updated_at"))
          .flatMap(List::stream)
          .toList();

  /// Selects what [#user] reads.
  public static final String SELECT_USER = "SELECT " + String.join(", ", COLUMNS) + " FROM users\n";

  /// Returns from a change what [#user] reads.
  public static final String RETURNING_USER = "RETURNING " + String.join(", ", COLUMNS) + "\n";

  /// Selects what [#credentials] reads.
  public static final String SELECT_CREDENTIALS =
      "SELECT " + String.join(", ", COLUMNS) + ", password_hash FROM users\n";

  /// The columns that [#user] reads, where `u` stands for the table.
  public static final String COLUMNS_OF_U = "u." + String.join(", u.", COLUMNS);

  private UserRows() {}

  /// The columns of the profile in a piece of SQL.
  ///
  /// @param form what stands for each column, `%1$s` for its name
  public static String profile(String form) {
    return PROFILE.stream().map(form::formatted).collect(Collectors.joining(", "));
  }

  public static User user(ResultSet row) throws SQLException {
    return new User(
        new UserId(row.getObject("id", UUID.class)),
        EmailAddress.stored(row.getString("email"), row.getString("email_compared")),
        Profile.stored(field -> Optional.ofNullable(row.getString(field.label()))),
        row.getBoolean("email_verified"),
        status(row.getString("status")),
        roles((String[]) row.getArray("roles").getArray()),
        Times.instant(row, "created_at"),
        Times.instant(row, "updated_at"),
        row.getLong("version"));
  }

  public static Credentials credentials(ResultSet row) throws SQLException {
    return new Credentials(user(row), new PasswordHash(row.getString("password_hash")));
  }

  public static String status(UserStatus status) {
    return switch (status) {
      case ACTIVE -> "active";
      case DISABLED -> "disabled";
    };
  }

  public static String[] roles(Set<Role> roles) {
    return roles.stream().map(Role::name).sorted().toArray(String[]::new);
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
