package dev.gatehouse.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.gatehouse.accounts.token.AccessTokens.Claims;
import dev.gatehouse.errors.Refusal;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Verifies access tokens in applications, with the published keys. As strict as the issuer: the
/// header of a token must be the one that a published key writes. Thread-safe.
public final class OfflineTokens {
  private static final int MAX_CHARACTERS = 4096;

  private final ClaimsFormat format;
  private final InstantSource clock;
  private volatile Map<String, PublicKey> keysByHeader = Map.of();

  /// Creates a verifier without keys.
  ///
  /// @param issuer the required `iss`
  /// @param audience the required `aud`
  public OfflineTokens(String issuer, String audience, InstantSource clock) {
    this.format = new ClaimsFormat(issuer, audience);
    this.clock = clock;
  }

  /// Adopts a published key set (RFC 7517); keys for other purposes are skipped.
  ///
  /// @throws ParseException when it is not a key set
  public void trust(String keySet) throws ParseException {
    Map<String, PublicKey> known = new HashMap<>();
    for (JWK key : JWKSet.parse(keySet).getKeys()) {
      if (key instanceof ECKey elliptic && elliptic.getCurve().equals(Curve.P_256)) {
        known.put(SigningKey.header(elliptic.getKeyID()), publicKey(elliptic));
      }
    }
    keysByHeader = Map.copyOf(known);
  }

  /// Whether the key of a token is known; an unknown key may be newer than the key set.
  public boolean knowsKeyOf(String token) {
    return CompactJws.of(token).filter(it -> keysByHeader.containsKey(it.header())).isPresent();
  }

  /// Verifies a token.
  ///
  /// @throws Refusal `INVALID_TOKEN` when it is forged, altered, expired or not yet valid
  public Claims verify(String token) {
    return Optional.of(token)
        .filter(it -> it.length() <= MAX_CHARACTERS)
        .flatMap(CompactJws::of)
        .filter(this::isSigned)
        .flatMap(this::claims)
        .orElseThrow(Refusal::invalidToken);
  }

  private boolean isSigned(CompactJws segments) {
    PublicKey key = keysByHeader.get(segments.header());
    return key != null
        && Es256.verify(key, segments.input().getBytes(US_ASCII), segments.signature());
  }

  private Optional<Claims> claims(CompactJws segments) {
    try {
      var reading = format.read(new String(segments.payload(), UTF_8));
      return Optional.of(reading)
          .filter(it -> it.holdsAt(clock.instant()))
          .map(ClaimsFormat.Reading::claims);
    } catch (ParseException notTheirs) {
      return Optional.empty();
    }
  }

  private static PublicKey publicKey(ECKey key) throws ParseException {
    try {
      return key.toECPublicKey();
    } catch (JOSEException broken) {
      throw new ParseException(broken.getMessage(), 0);
    }
  }
}
