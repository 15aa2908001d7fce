package dev.gatehouse.api.parameter;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.Request;
import java.util.Locale;
import java.util.UUID;

/// Reads the ids in paths. What cannot be an id is not found.
public final class PathIds {
  private static final String ID = "id";

  private PathIds() {}

  public static UserId user(Request request) {
    return new UserId(uuid(request.pathParameter(ID)));
  }

  public static SessionId session(Request request) {
    return new SessionId(uuid(request.pathParameter(ID)));
  }

  private static UUID uuid(String text) {
    try {
      var id = UUID.fromString(text);
      // The JDK reads shortened groups too; one thing has one address.
      if (id.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return id;
      }
    } catch (IllegalArgumentException notAnId) {
      throw Refusal.notFound();
    }
    throw Refusal.notFound();
  }
}
