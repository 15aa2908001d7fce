package dev.gatehouse.tokens;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.JSONStringUtils;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.accounts.token.AccessTokens.Claims;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.errors.InvalidFields;
import java.text.ParseException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Writes and strictly parses the payload of access tokens. Unknown claims of newer versions are
/// skipped (RFC 7519, 4), so that versions can run side by side; each known claim must occur once
/// with its exact type.
final class ClaimsFormat {
  private static final long LATEST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private final String issuer;
  private final String audience;
  private final String prefix;

  ClaimsFormat(String issuer, String audience) {
    this.issuer = issuer;
    this.audience = audience;
    this.prefix =
        "{\"iss\":"
            + JSONStringUtils.toJSONString(issuer)
            + ",\"aud\":"
            + JSONStringUtils.toJSONString(audience)
            + ",\"client_id\":\""
            + AccessTokens.CLIENT_ID
            + "\",\"sub\":\"";
  }

  /// The payload as JSON, the same for equal claims.
  String write(Claims claims, UUID tokenId) {
    return prefix
        + claims.user()
        + "\",\"sid\":\""
        + claims.session()
        + "\",\"jti\":\""
        + tokenId
        + "\",\"iat\":"
        + claims.issuedAt().getEpochSecond()
        + ",\"exp\":"
        + claims.expiresAt().getEpochSecond()
        + ",\"roles\":"
        + array(claims.roles())
        + "}";
  }

  /// No role needs escaping: see the characters that [Role] permits.
  private static String array(Set<Role> roles) {
    return roles.stream()
        .map(role -> '"' + role.name() + '"')
        .sorted()
        .collect(Collectors.joining(",", "[", "]"));
  }

  /// Parses a payload with a verified signature.
  ///
  /// @throws ParseException when it is not such a payload
  Reading read(String payload) throws ParseException {
    Map<String, Object> claims = object(payload);
    require(issuer.equals(claims.get("iss")), "iss");
    require(audience.equals(claims.get("aud")), "aud");
    uuid(claims, "jti");
    var read =
        new Claims(
            new UserId(uuid(claims, "sub")),
            new SessionId(uuid(claims, "sid")),
            roles(claims),
            time(claims, "iat"),
            time(claims, "exp"));
    return new Reading(read, claims.containsKey("nbf") ? time(claims, "nbf") : read.issuedAt());
  }

  /// The library parses the text `null` as null.
  private static Map<String, Object> object(String json) throws ParseException {
    return Optional.ofNullable(JSONObjectUtils.parse(json))
        .orElseThrow(() -> new ParseException("not an object", 0));
  }

  private static UUID uuid(Map<String, Object> claims, String name) throws ParseException {
    if (!(claims.get(name) instanceof String text)) {
      throw new ParseException(name, 0);
    }
    try {
      UUID uuid = UUID.fromString(text);
      require(uuid.toString().equals(text), name);
      return uuid;
    } catch (IllegalArgumentException notUuid) {
      throw new ParseException(name, 0);
    }
  }

  private static Set<Role> roles(Map<String, Object> claims) throws ParseException {
    if (!(claims.get("roles") instanceof List<?> names)) {
      throw new ParseException("roles", 0);
    }
    var roles = new HashSet<Role>();
    for (Object name : names) {
      require(name instanceof String text && roles.add(role(text)), "roles");
    }
    return roles;
  }

  private static Role role(String name) throws ParseException {
    try {
      return new Role(name);
    } catch (InvalidFields notRole) {
      throw new ParseException("roles", 0);
    }
  }

  private static Instant time(Map<String, Object> claims, String name) throws ParseException {
    if (claims.get(name) instanceof Long seconds && seconds >= 0 && seconds <= LATEST_SECOND) {
      return Instant.ofEpochSecond(seconds);
    }
    throw new ParseException(name, 0);
  }

  private static void require(boolean holds, String claim) throws ParseException {
    if (!holds) {
      throw new ParseException(claim, 0);
    }
  }

  /// The content of a payload.
  ///
  /// @param notBefore the beginning of its validity
  record Reading(Claims claims, Instant notBefore) {
    /// Whether it is valid now, with a tolerance for the clocks of other instances.
    boolean holdsAt(Instant now) {
      Instant latestStart = now.plus(JwtAccessTokens.CLOCK_TOLERANCE);
      return !claims.issuedAt().isAfter(latestStart)
          && !notBefore.isAfter(latestStart)
          && claims.expiresAt().isAfter(now);
    }
  }
}
