package dev.gatehouse.api.session;

import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.signin.SignedIn;
import dev.gatehouse.api.body.JsonWriter;
import dev.gatehouse.api.user.UserJson;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JsonGenerator;

/// What a client gets for signing in, in the terms of RFC 6749, 5.1.
final class SignedInJson {
  private SignedInJson() {}

  static byte[] bytes(SignedIn signedIn) {
    return JsonWriter.object(json -> write(json, signedIn));
  }

  private static void write(JsonGenerator json, SignedIn signedIn) {
    Session session = signedIn.session();
    json.writeStringProperty("session_id", session.id().toString());
    json.writeStringProperty("access_token", signedIn.accessToken().token());
    json.writeStringProperty("token_type", "Bearer");
    json.writeNumberProperty(
        "expires_in", seconds(session.lastUsedAt(), signedIn.accessToken().expiresAt()));
    json.writeStringProperty("refresh_token", signedIn.refreshToken().encoded());
    json.writeNumberProperty(
        "refresh_expires_in", seconds(session.lastUsedAt(), session.idleExpiresAt()));
    json.writeObjectPropertyStart("user");
    UserJson.write(json, signedIn.user());
    json.writeEndObject();
  }

  /// Tokens count in whole seconds, from the beginning of the second in which they are issued.
  private static long seconds(Instant issuedAt, Instant expiresAt) {
    return Duration.between(issuedAt.truncatedTo(ChronoUnit.SECONDS), expiresAt).toSeconds();
  }
}
