package dev.gatehouse.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.accounts.id.Ids;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.tokens.ClaimsFormat.Reading;
import dev.gatehouse.tokens.VerifiedTokens.Verified;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/// Access tokens as JSON Web Tokens (RFC 7519, profile RFC 9068) signed with ES256.
///
/// Gatehouse accepts only its own tokens, so the header of a token is never interpreted: it must
/// equal, character for character, the header that a key of the ring writes. This rejects every
/// forged header, and the payload is parsed only after its signature is verified.
final class JwtAccessTokens implements AccessTokens {
  /// The tolerance for the clock of another instance. Safe, because only instances write these
  /// times.
  static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

  private static final int MAX_CHARACTERS = 4096;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final Supplier<SigningKeys> ring;
  private final Runnable unknownKey;
  private final VerifiedTokens verified;
  private final ClaimsFormat format;
  private final Duration life;
  private final InstantSource clock;
  private final Ids ids;

  /// @param ring the current keys
  /// @param unknownKey called, on the caller's thread, for tokens whose header matches no key of
  ///     the ring
  JwtAccessTokens(
      Supplier<SigningKeys> ring,
      Runnable unknownKey,
      VerifiedTokens verified,
      TokenSettings settings,
      InstantSource clock,
      Ids ids) {
    this.ring = ring;
    this.unknownKey = unknownKey;
    this.verified = verified;
    this.format = new ClaimsFormat(settings.issuer(), settings.audience());
    this.life = settings.accessTtl();
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Issued issue(User user, SessionId session) {
    Instant now = clock.instant();
    Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
    var claims = new Claims(user.id(), session, user.roles(), issuedAt, issuedAt.plus(life));
    SigningKey key = ring.get().signer(now);
    String payload = format.write(claims, ids.next());
    String input = key.header() + '.' + BASE64.encodeToString(payload.getBytes(UTF_8));
    String token = input + '.' + BASE64.encodeToString(key.sign(input));
    verified.remember(token, Verified.of(claims, key));
    return new Issued(token, claims.expiresAt());
  }

  @Override
  public Claims verify(String token) {
    if (token.length() > MAX_CHARACTERS) {
      throw Refusal.invalidToken();
    }
    Verified remembered = verified.find(token);
    if (remembered != null && ring.get().holds(remembered.key())) {
      return unexpired(token, remembered);
    }
    return verifyAnew(token);
  }

  @Override
  public Optional<Claims> recall(String token) {
    Verified remembered = verified.find(token);
    if (remembered == null || !ring.get().holds(remembered.key())) {
      return Optional.empty();
    }
    return remembered.expiredAt(clock.millis())
        ? Optional.empty()
        : Optional.of(remembered.claims());
  }

  private Claims unexpired(String token, Verified remembered) {
    if (remembered.expiredAt(clock.millis())) {
      verified.forget(token);
      throw Refusal.invalidToken();
    }
    return remembered.claims();
  }

  private Claims verifyAnew(String token) {
    CompactJws segments = CompactJws.of(token).orElseThrow(Refusal::invalidToken);
    SigningKey key = signer(segments.header());
    if (!key.verify(segments.input(), segments.signature())) {
      throw Refusal.invalidToken();
    }
    Claims claims = claims(segments.payload());
    verified.remember(token, Verified.of(claims, key));
    return claims;
  }

  private SigningKey signer(String header) {
    Optional<SigningKey> key = ring.get().byHeader(header);
    if (key.isEmpty()) {
      unknownKey.run();
    }
    return key.orElseThrow(Refusal::invalidToken);
  }

  private Claims claims(byte[] payload) {
    Reading reading = read(payload);
    if (!reading.holdsAt(clock.instant())) {
      throw Refusal.invalidToken();
    }
    return reading.claims();
  }

  private Reading read(byte[] payload) {
    try {
      return format.read(new String(payload, UTF_8));
    } catch (ParseException notOurs) {
      throw Refusal.invalidToken();
    }
  }
}
