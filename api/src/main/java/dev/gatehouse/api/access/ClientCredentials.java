package dev.gatehouse.api.access;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.body.FormBody;
import dev.gatehouse.http.body.PercentDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// API keys sent as OAuth clients send their secrets (RFC 6749, 2.3.1): by HTTP Basic, or as
/// `client_secret` in the form. The client's id is any name; the key alone proves who is calling.
final class ClientCredentials {
  /// How such clients are asked for them.
  static final CharSequence CHALLENGE = "Basic realm=\"gatehouse\"";

  private static final String SCHEME = "basic";
  private static final String CLIENT_ID = "client_id";
  private static final String CLIENT_SECRET = "client_secret";

  private ClientCredentials() {}

  /// The secret that a request sends so; empty when it proves itself in another way, or not at all.
  ///
  /// @throws Refusal `INVALID_CREDENTIALS` when they cannot be read, `MALFORMED_REQUEST` when there
  ///     is more than one proof
  static Optional<String> secret(Request request) {
    Optional<String> header = request.header(HeaderNames.AUTHORIZATION);
    Optional<FormBody> form = form(request);
    Optional<String> field = form.flatMap(fields -> fields.optional(CLIENT_SECRET));
    if (header.isPresent() && field.isPresent()) {
      throw new Refusal(
          ErrorCode.MALFORMED_REQUEST, "A client proves who it is in one way at a time.");
    }
    if (field.isPresent() && form.flatMap(fields -> fields.optional(CLIENT_ID)).isEmpty()) {
      throw refused();
    }
    return field.or(() -> header.filter(ClientCredentials::isBasic).map(ClientCredentials::basic));
  }

  static Refusal refused() {
    return new Refusal(
        ErrorCode.INVALID_CREDENTIALS,
        "The client's secret is no API key, or one that was revoked or has expired.");
  }

  /// What cannot be read as a form is refused where it is used.
  private static Optional<FormBody> form(Request request) {
    try {
      return Optional.of(request.form());
    } catch (Refusal malformed) {
      return Optional.empty();
    }
  }

  private static boolean isBasic(String authorization) {
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && (authorization.length() == SCHEME.length()
            || authorization.charAt(SCHEME.length()) == ' ');
  }

  private static String basic(String authorization) {
    String pair = decoded(authorization.substring(SCHEME.length()).strip());
    int colon = pair.indexOf(':');
    if (colon < 1) {
      throw refused();
    }
    try {
      return PercentDecoder.form(pair.substring(colon + 1));
    } catch (Refusal malformed) {
      throw refused();
    }
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw refused();
    }
  }
}
