package dev.gatehouse.api.conditional;

import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Content that is the same for everybody and may be kept by caches, known by the hash of its
/// bytes.
public final class Cacheable {
  private static final int TAG_BYTES = 16;

  private final Response whole;
  private final Response unchanged;
  private final String tag;

  private Cacheable(Response content, String tag, String cacheControl) {
    this.tag = tag;
    whole = withCaching(content, cacheControl);
    unchanged = withCaching(Response.status(304), cacheControl);
  }

  /// Content with the `Cache-Control` to send with it.
  public static Cacheable of(Response content, String cacheControl) {
    return new Cacheable(content, tag(content.body()), cacheControl);
  }

  /// The content, or 304 when the client says it has it.
  public Response respondTo(Request request) {
    return IfNoneMatch.of(request).covers(tag) ? unchanged : whole;
  }

  private Response withCaching(Response response, String cacheControl) {
    return response.withHeader("etag", tag).withHeader("cache-control", cacheControl);
  }

  private static String tag(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
