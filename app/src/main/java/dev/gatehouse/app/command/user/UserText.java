package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Users as commands print them: a line, or the fields of the API.
final class UserText {
  private UserText() {}

  static String line(User user) {
    return "%s  %-8s  %s%s"
        .formatted(
            user.id(),
            user.status().label(),
            user.email().value(),
            user.roles().isEmpty() ? "" : "  [" + String.join(", ", roles(user)) + "]");
  }

  static Map<String, Object> fields(User user) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("id", user.id().toString());
    fields.put("email", user.email().value());
    for (Profile.Field field : Profile.Field.values()) {
      fields.put(field.label(), user.profile().text(field).orElse(null));
    }
    fields.put("email_verified", user.emailVerified());
    fields.put("status", user.status().label());
    fields.put("roles", roles(user));
    fields.put("created_at", user.createdAt().toString());
    fields.put("updated_at", user.updatedAt().toString());
    return fields;
  }

  private static List<String> roles(User user) {
    return user.roles().stream().map(Role::name).sorted().toList();
  }
}
