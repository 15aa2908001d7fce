package dev.gatehouse.api.user;

import dev.gatehouse.accounts.user.User;
import dev.gatehouse.api.conditional.EntityTag;
import dev.gatehouse.api.conditional.IfNoneMatch;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;

/// A user in the form in which it is sent, with everything worked out that is the same for each
/// reader. The entity tag is the version: whatever a client can see of a user changes together with
/// it. Immutable.
///
/// @param active whether the account may be used
/// @param tag the entity tag
/// @param found the response with the user
/// @param unchanged the response to a client that has this version
public record UserDocument(boolean active, String tag, Response found, Response unchanged) {
  private static final CharSequence ETAG = HeaderNames.of("etag");

  /// The document of a user.
  public static UserDocument of(User user) {
    String tag = EntityTag.ofVersion(user.version());
    return new UserDocument(
        user.active(),
        tag,
        Response.jsonBytes(200, UserJson.bytes(user)).withHeader(ETAG, tag),
        Response.status(304).withHeader(ETAG, tag));
  }

  /// A response that consists of a user.
  public static Response response(int status, User user) {
    return Response.jsonBytes(status, UserJson.bytes(user))
        .withHeader(ETAG, EntityTag.ofVersion(user.version()));
  }

  /// The user, or 304 when the client says it has this version (RFC 9110, 13.1.2).
  public Response respondTo(Request request) {
    return IfNoneMatch.of(request).covers(tag) ? unchanged : found;
  }
}
