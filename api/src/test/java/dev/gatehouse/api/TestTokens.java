package dev.gatehouse.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.Refusal;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Access tokens signed with ES256 by a key of this process: enough for clients to verify, and no
/// more. The real ones are another module's.
public final class TestTokens implements AccessTokens {
  public static final Duration LIFE = Duration.ofMinutes(5);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String HEADER =
      base64("{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"test\"}".getBytes(UTF_8));

  private final String issuer;
  private final InstantSource time;
  private final KeyPair keys;

  public TestTokens(String issuer, InstantSource time) {
    this.issuer = issuer;
    this.time = time;
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public Issued issue(User user, SessionId session) {
    Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant end = now.plus(LIFE);
    String claims =
        """
        {"iss":"%s","aud":"gatehouse","sub":"%s","sid":"%s","jti":"%s","iat":%d,"exp":%d,"roles":[%s]}"""
            .formatted(
                issuer,
                user.id(),
                session,
                UUID.randomUUID(),
                now.getEpochSecond(),
                end.getEpochSecond(),
                user.roles().stream()
                    .map(role -> '"' + role.name() + '"')
                    .collect(Collectors.joining(",")));
    String signed = HEADER + '.' + base64(claims.getBytes(UTF_8));
    return new Issued(signed + '.' + base64(sign(signed)), end);
  }

  @Override
  public Optional<Claims> recall(String token) {
    return Optional.empty();
  }

  @Override
  public Claims verify(String token) {
    int dot = token.lastIndexOf('.');
    if (dot < 0 || !token.startsWith(HEADER + '.') || !isSigned(token, dot)) {
      throw Refusal.invalidToken();
    }
    String payload = token.substring(HEADER.length() + 1, dot);
    JsonNode claims = MAPPER.readTree(Base64.getUrlDecoder().decode(payload));
    return new Claims(
        new UserId(UUID.fromString(claims.required("sub").stringValue())),
        new SessionId(UUID.fromString(claims.required("sid").stringValue())),
        claims.required("roles").values().stream()
            .map(role -> new Role(role.stringValue()))
            .collect(Collectors.toSet()),
        Instant.ofEpochSecond(claims.required("iat").longValue()),
        Instant.ofEpochSecond(claims.required("exp").longValue()));
  }

  public byte[] jwks() {
    var point = ((ECPublicKey) keys.getPublic()).getW();
    return """
    {"keys":[{"kty":"EC","use":"sig","alg":"ES256","kid":"test","crv":"P-256","x":"%s","y":"%s"}]}"""
        .formatted(coordinate(point.getAffineX()), coordinate(point.getAffineY()))
        .getBytes(UTF_8);
  }

  private byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private boolean isSigned(String token, int dot) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initVerify(keys.getPublic());
      signature.update(token.substring(0, dot).getBytes(UTF_8));
      return signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)));
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      return false;
    }
  }

  private static String coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] exact = new byte[32];
    int length = Math.min(bytes.length, exact.length);
    System.arraycopy(bytes, bytes.length - length, exact, exact.length - length, length);
    return base64(exact);
  }

  private static String base64(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }
}
