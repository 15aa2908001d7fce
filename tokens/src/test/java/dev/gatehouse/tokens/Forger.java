package dev.gatehouse.tokens;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.tokens.TokenFixture.Instance;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes bad tokens of a good one. It also holds what no forger has, the signing key, to prove that
/// each check holds by itself and does not lean on the signature.
final class Forger {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final BigInteger ORDER =
      new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

  private final SigningKey key;
  private final KeyPair own = Es256.generate(TokenFixture.RANDOM);
  private final String token;
  private final String[] segments;

  Forger(Instance instance, String token) {
    this.key = instance.ring.current().signer(TokenFixture.START);
    this.token = token;
    this.segments = token.split("\\.", -1);
  }

  String token() {
    return token;
  }

  String kid() {
    return key.kid();
  }

  String headerSegment() {
    return segments[0];
  }

  String payloadSegment() {
    return segments[1];
  }

  String signatureSegment() {
    return segments[2];
  }

  /// The payload with one thing replaced by another, signed with the true key.
  String signedClaims(String from, String to) {
    String payload = new String(Base64.getUrlDecoder().decode(segments[1]), UTF_8);
    String changed = payload.replaceFirst(from, to);
    if (changed.equals(payload)) {
      throw new IllegalArgumentException("nothing to replace: " + from);
    }
    return signedPayload(changed);
  }

  String signedPayload(String payload) {
    return signedSegments(segments[0], encode(payload));
  }

  /// The header replaced, signed with the true key.
  String signedHeader(String header) {
    return signedSegments(encode(header), segments[1]);
  }

  String signedSegments(String header, String payload) {
    String input = header + "." + payload;
    return input + "." + BASE64.encodeToString(key.sign(input));
  }

  /// The header replaced, signed with a key of the forger's own.
  String selfSigned(String header) {
    String input = encode(header) + "." + segments[1];
    return input + "." + BASE64.encodeToString(Es256.sign(own.getPrivate(), input.getBytes(UTF_8)));
  }

  String header(String kid, String more) {
    return "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"" + more + "}";
  }

  /// The signature an HS256 verifier would expect that takes our public key for its secret.
  String hmacWithPublicKey() throws GeneralSecurityException {
    String header = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid() + "\"}";
    String input = encode(header) + "." + segments[1];
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.published().toJSONString().getBytes(UTF_8), "HmacSHA256"));
    return input + "." + BASE64.encodeToString(mac.doFinal(input.getBytes(UTF_8)));
  }

  String withSignature(byte[] signature) {
    return segments[0] + "." + segments[1] + "." + BASE64.encodeToString(signature);
  }

  byte[] signature() {
    return Base64.getUrlDecoder().decode(segments[2]);
  }

  /// The same signature as an ASN.1 sequence.
  byte[] derSignature() {
    byte[] r = part(0).toByteArray();
    byte[] s = part(32).toByteArray();
    return HexFormat.of()
        .parseHex(
            "30%02x02%02x%s02%02x%s"
                .formatted(r.length + s.length + 4, r.length, hex(r), s.length, hex(s)));
  }

  /// The other signature that fits: (r, n - s).
  String negated() {
    byte[] negated = Arrays.copyOf(signature(), 64);
    byte[] s = ORDER.subtract(part(32)).toByteArray();
    Arrays.fill(negated, 32, 64, (byte) 0);
    int length = Math.min(32, s.length);
    System.arraycopy(s, s.length - length, negated, 64 - length, length);
    return withSignature(negated);
  }

  /// r and s both the order of the group, which is zero to a careless verifier.
  byte[] orderSignature() {
    byte[] order = ORDER.toByteArray();
    byte[] signature = new byte[64];
    System.arraycopy(order, 1, signature, 0, 32);
    System.arraycopy(order, 1, signature, 32, 32);
    return signature;
  }

  String encode(String text) {
    return BASE64.encodeToString(text.getBytes(ISO_8859_1));
  }

  private BigInteger part(int from) {
    return new BigInteger(1, Arrays.copyOfRange(signature(), from, from + 32));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
