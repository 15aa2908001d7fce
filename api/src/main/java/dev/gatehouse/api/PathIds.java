package dev.gatehouse.api;

import dev.gatehouse.accounts.error.Refusal;
import dev.gatehouse.accounts.model.SessionId;
import dev.gatehouse.accounts.model.UserId;
import dev.gatehouse.http.Request;
import java.util.Locale;
import java.util.UUID;

/// Reads the ids in paths. What cannot be an id is not found.
final class PathIds {
  private static final String ID = "id";

  private PathIds() {}

  static UserId user(Request request) {
    return new UserId(uuid(request.pathParameter(ID)));
  }

  static SessionId session(Request request) {
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
