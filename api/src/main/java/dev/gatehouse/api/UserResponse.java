package dev.gatehouse.api;

import dev.gatehouse.accounts.model.User;
import dev.gatehouse.api.conditional.EntityTag;
import dev.gatehouse.api.conditional.IfNoneMatch;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;

/// Answers that consist of a user. The entity tag is the version: whatever a client can see of a user
/// changes together with it.
final class UserResponse {
  private static final String ETAG = "etag";

  private UserResponse() {}

  static Response of(int status, User user) {
    return Response.jsonBytes(status, UserJson.bytes(user))
        .withHeader(ETAG, EntityTag.ofVersion(user.version()));
  }

  /// The user, or 304 when the client says it has this version (RFC 9110, 13.1.2).
  static Response unlessKnown(Request request, User user) {
    String tag = EntityTag.ofVersion(user.version());
    return IfNoneMatch.of(request).covers(tag)
        ? Response.status(304).withHeader(ETAG, tag)
        : Response.jsonBytes(200, UserJson.bytes(user)).withHeader(ETAG, tag);
  }
}
