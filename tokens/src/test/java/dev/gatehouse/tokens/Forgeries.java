package dev.gatehouse.tokens;

import java.util.Arrays;
import java.util.stream.Stream;

/// What forgers send, by what they tamper with. Rows named `signed...` by the [Forger] carry a
/// valid signature, so that they fail for the reason they state.
final class Forgeries {
  private static final String UUID_PATTERN = "[0-9a-f]{8}-[0-9a-f-]{27}";

  private Forgeries() {}

  static Stream<Forgery> all() {
    return Stream.of(headers(), signatures(), claims(), shapes()).flatMap(rows -> rows);
  }

  private static Stream<Forgery> headers() {
    return Stream.of(
        row(
            "alg none, no signature",
            f ->
                f.encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + f.payloadSegment() + "."),
        row(
            "alg none under the true kid",
            f ->
                f.signedHeader(
                    "{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"" + f.kid() + "\"}")),
        row(
            "alg NoNe",
            f ->
                f.encode("{\"alg\":\"NoNe\",\"typ\":\"at+jwt\"}") + "." + f.payloadSegment() + "."),
        row("HS256 with the public key as its secret", Forger::hmacWithPublicKey),
        row(
            "alg ES384",
            f ->
                f.signedHeader(
                    "{\"alg\":\"ES384\",\"typ\":\"at+jwt\",\"kid\":\"" + f.kid() + "\"}")),
        row(
            "alg in lower case",
            f ->
                f.signedHeader(
                    "{\"alg\":\"es256\",\"typ\":\"at+jwt\",\"kid\":\"" + f.kid() + "\"}")),
        row("unknown kid, own key", f -> f.selfSigned(f.header("0".repeat(43), ""))),
        row("true kid, own key", f -> f.selfSigned(f.header(f.kid(), ""))),
        row("no kid", f -> f.signedHeader("{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}")),
        row("kid as a path", f -> f.selfSigned(f.header("../../../../dev/null", ""))),
        row("kid as SQL", f -> f.selfSigned(f.header("' OR '1'='1", ""))),
        row(
            "kid as an array",
            f ->
                f.signedHeader(
                    "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":[\"" + f.kid() + "\"]}")),
        row(
            "jku",
            f -> f.signedHeader(f.header(f.kid(), ",\"jku\":\"https://evil.example/keys\""))),
        row(
            "jwk",
            f ->
                f.selfSigned(
                    f.header(
                        f.kid(),
                        ",\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}"))),
        row(
            "x5u",
            f -> f.signedHeader(f.header(f.kid(), ",\"x5u\":\"https://evil.example/cert\""))),
        row("x5c", f -> f.signedHeader(f.header(f.kid(), ",\"x5c\":[\"AAAA\"]"))),
        row("crit", f -> f.signedHeader(f.header(f.kid(), ",\"crit\":[\"exp\"]"))),
        row(
            "b64 false",
            f -> f.signedHeader(f.header(f.kid(), ",\"b64\":false,\"crit\":[\"b64\"]"))),
        row("alg twice", f -> f.signedHeader(f.header(f.kid(), ",\"alg\":\"none\""))),
        row(
            "typ JWT",
            f -> f.signedHeader("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + f.kid() + "\"}")),
        row(
            "typ of an id token",
            f ->
                f.signedHeader(
                    "{\"alg\":\"ES256\",\"typ\":\"id+jwt\",\"kid\":\"" + f.kid() + "\"}")),
        row("no typ", f -> f.signedHeader("{\"alg\":\"ES256\",\"kid\":\"" + f.kid() + "\"}")),
        row("header not JSON", f -> f.signedHeader("at+jwt")),
        row("header with blanks", f -> f.signedHeader(f.header(f.kid(), " "))));
  }

  private static Stream<Forgery> signatures() {
    return Stream.of(
        row("signature of zeros", f -> f.withSignature(new byte[64])),
        row("r zero", f -> f.withSignature(zeroed(f.signature(), 0))),
        row("s zero", f -> f.withSignature(zeroed(f.signature(), 32))),
        row("r and s the order of the group", f -> f.withSignature(f.orderSignature())),
        row("signature in DER", f -> f.withSignature(f.derSignature())),
        row("one bit of the signature turned", f -> f.withSignature(flipped(f.signature()))),
        row("r and s exchanged", f -> f.withSignature(exchanged(f.signature()))),
        row("signature one byte short", f -> f.withSignature(Arrays.copyOf(f.signature(), 63))),
        row("signature one byte long", f -> f.withSignature(Arrays.copyOf(f.signature(), 65))),
        row("no signature", f -> f.headerSegment() + "." + f.payloadSegment() + "."),
        row(
            "signature of another token",
            f ->
                f.signedClaims("\"roles\":\\[", "\"roles\":[\"admin\"")
                    .replaceFirst("[^.]*$", f.signatureSegment())),
        row("stray bits after the signature", f -> strayBits(f.token())),
        row("padding", f -> f.token() + "=="));
  }

  private static Stream<Forgery> claims() {
    return Stream.of(
        row("another audience", f -> f.signedClaims("\"aud\":\"gatehouse\"", "\"aud\":\"other\"")),
        row(
            "audience as an array",
            f -> f.signedClaims("\"aud\":\"gatehouse\"", "\"aud\":[\"gatehouse\"]")),
        row("no audience", f -> f.signedClaims("\"aud\":\"gatehouse\",", "")),
        row("another issuer", f -> f.signedClaims("id.example.org", "id.example.com")),
        row("issuer with a slash", f -> f.signedClaims("id.example.org", "id.example.org/")),
        row("no issuer", f -> f.signedClaims("\"iss\":\"https://id.example.org\",", "")),
        row(
            "expired",
            f -> f.signedClaims("\"exp\":\\d+", "\"exp\":" + TokenFixture.START.getEpochSecond())),
        row("no end", f -> f.signedClaims(",\"exp\":\\d+", "")),
        row("end as text", f -> f.signedClaims("\"exp\":(\\d+)", "\"exp\":\"$1\"")),
        row("end with a fraction", f -> f.signedClaims("\"exp\":(\\d+)", "\"exp\":$1.5")),
        row(
            "end beyond all calendars",
            f -> f.signedClaims("\"exp\":\\d+", "\"exp\":9223372036854775807")),
        row("negative end", f -> f.signedClaims("\"exp\":(\\d+)", "\"exp\":-$1")),
        row(
            "issued in the future",
            f ->
                f.signedClaims(
                    "\"iat\":\\d+", "\"iat\":" + (TokenFixture.START.getEpochSecond() + 31))),
        row("not issued", f -> f.signedClaims("\"iat\":\\d+,", "")),
        row(
            "not yet valid",
            f ->
                f.signedClaims(
                    "\"iat\"",
                    "\"nbf\":" + (TokenFixture.START.getEpochSecond() + 31) + ",\"iat\"")),
        row("nbf as text", f -> f.signedClaims("\"iat\"", "\"nbf\":\"0\",\"iat\"")),
        row("end twice", f -> f.signedClaims("\"exp\"", "\"exp\":32503680000,\"exp\"")),
        row("subject twice", f -> f.signedClaims("\"sub\"", "\"sub\":\"x\",\"sub\"")),
        row(
            "subject not a UUID",
            f -> f.signedClaims("\"sub\":\"" + UUID_PATTERN, "\"sub\":\"root")),
        row(
            "subject a UUID in short",
            f -> f.signedClaims("\"sub\":\"" + UUID_PATTERN, "\"sub\":\"1-1-1-1-1")),
        row("no subject", f -> f.signedClaims("\"sub\":\"" + UUID_PATTERN + "\",", "")),
        row(
            "session a number",
            f -> f.signedClaims("\"sid\":\"" + UUID_PATTERN + "\"", "\"sid\":1")),
        row("no token id", f -> f.signedClaims("\"jti\":\"" + UUID_PATTERN + "\",", "")),
        row("roles as text", f -> f.signedClaims("\"roles\":\\[]", "\"roles\":\"admin\"")),
        row(
            "a role twice",
            f -> f.signedClaims("\"roles\":\\[]", "\"roles\":[\"admin\",\"admin\"]")),
        row(
            "a role that cannot be",
            f -> f.signedClaims("\"roles\":\\[]", "\"roles\":[\"Admin \"]")),
        row("a role that is null", f -> f.signedClaims("\"roles\":\\[]", "\"roles\":[null]")),
        row("text after the payload", f -> f.signedClaims("}$", "} {}")),
        row("payload not an object", f -> f.signedPayload("[]")),
        row("payload null", f -> f.signedPayload("null")),
        row("payload empty", f -> f.signedPayload("")),
        row("payload nested deeply", f -> f.signedPayload("[".repeat(2500))));
  }

  private static Stream<Forgery> shapes() {
    return Stream.of(
        row("nothing", f -> ""),
        row("points only", f -> ".."),
        row("not a token", f -> "token"),
        row("two segments", f -> f.headerSegment() + "." + f.payloadSegment()),
        row("four segments", f -> f.token() + "." + f.signatureSegment()),
        row("five segments", f -> f.token() + ".."),
        row("first half", f -> f.token().substring(0, f.token().length() / 2)),
        row("last character missing", f -> f.token().substring(0, f.token().length() - 1)),
        row("blank in front", f -> " " + f.token()),
        row("blank behind", f -> f.token() + " "),
        row("line break behind", f -> f.token() + "\r\n"),
        row("line break within", f -> f.token().replaceFirst("\\.", ".\n")),
        row("NUL behind", f -> f.token() + "\0"),
        row("beyond ASCII", f -> f.token().replaceFirst("[A-Z]", "\u212A")),
        row(
            "the other base64 alphabet",
            f ->
                f.headerSegment()
                    + "."
                    + f.payloadSegment()
                    + ".+/"
                    + f.signatureSegment().substring(2)),
        row(
            "signed payload padded",
            f -> f.signedSegments(f.headerSegment(), f.encode(" ".repeat(4) + "{}") + "==")),
        row("huge, one segment", f -> "a".repeat(5_000_000)),
        row(
            "huge, well-formed",
            f -> f.signedClaims("\"iss\"", "\"pad\":\"" + "x".repeat(4000) + "\",\"iss\"")),
        row("many points", f -> ".".repeat(4096)));
  }

  private static String strayBits(String token) {
    char last = token.charAt(token.length() - 1);
    return token.substring(0, token.length() - 1) + (char) (last + 1);
  }

  private static byte[] zeroed(byte[] signature, int from) {
    Arrays.fill(signature, from, from + 32, (byte) 0);
    return signature;
  }

  private static byte[] flipped(byte[] signature) {
    signature[40] ^= 1;
    return signature;
  }

  private static byte[] exchanged(byte[] signature) {
    byte[] exchanged = Arrays.copyOfRange(signature, 32, 96);
    System.arraycopy(signature, 0, exchanged, 32, 32);
    return exchanged;
  }

  private static Forgery row(String name, Forging forging) {
    return new Forgery(name, forging);
  }

  record Forgery(String name, Forging forging) {
    String of(Forger forger) throws Exception {
      return forging.of(forger);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  interface Forging {
    String of(Forger forger) throws Exception;
  }
}
