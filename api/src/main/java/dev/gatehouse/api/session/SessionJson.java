package dev.gatehouse.api.session;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.api.body.JsonWriter;
import dev.gatehouse.api.user.UserJson;
import dev.gatehouse.http.address.IpAddress;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Sessions as their owner sees them.
final class SessionJson {
  private SessionJson() {}

  /// The sessions, the one that asks marked.
  static byte[] bytes(List<Session> sessions, SessionId current) {
    return JsonWriter.object(
        json -> {
          json.writeArrayPropertyStart("items");
          sessions.forEach(session -> write(json, session, session.id().equals(current)));
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, Session session, boolean current) {
    json.writeStartObject();
    json.writeStringProperty("id", session.id().toString());
    json.writeStringProperty("created_at", UserJson.time(session.createdAt()));
    json.writeStringProperty("last_used_at", UserJson.time(session.lastUsedAt()));
    json.writeStringProperty("user_agent", session.userAgent());
    // Rows of earlier releases hold IPv6 without RFC 5952.
    json.writeStringProperty("ip", IpAddress.canonical(session.ip()));
    json.writeBooleanProperty("current", current);
    json.writeEndObject();
  }
}
