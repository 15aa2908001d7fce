package dev.gatehouse.api.user;

import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.api.body.JsonWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import tools.jackson.core.JsonGenerator;

/// A user as clients see it. A pure function of the user, so that the result may be kept as long as
/// the user's version is.
public final class UserJson {
  /// RFC 3339 in UTC, always with six decimals: as precise as the store, and of one length, so that
  /// the times of one API compare as text.
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

  private UserJson() {}

  /// The user in UTF-8.
  public static byte[] bytes(User user) {
    return JsonWriter.object(json -> write(json, user));
  }

  public static void write(JsonGenerator json, User user) {
    json.writeStringProperty("id", user.id().toString());
    json.writeStringProperty("email", user.email().value());
    for (Profile.Field field : Profile.Field.values()) {
      json.writeName(field.label());
      json.writeString(user.profile().text(field).orElse(null));
    }
    json.writeBooleanProperty("email_verified", user.emailVerified());
    json.writeStringProperty("status", status(user.status()));
    json.writeArrayPropertyStart("roles");
    user.roles().stream().map(Role::name).sorted().forEach(json::writeString);
    json.writeEndArray();
    json.writeStringProperty("created_at", time(user.createdAt()));
    json.writeStringProperty("updated_at", time(user.updatedAt()));
  }

  private static String status(UserStatus status) {
    return switch (status) {
      case ACTIVE -> "active";
      case DISABLED -> "disabled";
    };
  }

  public static String time(Instant instant) {
    return TIME.format(instant);
  }
}
