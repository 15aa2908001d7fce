package dev.gatehouse.accounts.token;

import java.time.Instant;

/// A key the service keeps for itself, in the form in which it is stored: whatever is secret of it
/// is sealed under the operator's secret key. Immutable.
///
/// @param kid its name, unique among all server keys
/// @param purpose what it is for; a key is never used for two things
/// @param sequence its place among the keys of its purpose, from 1; no two keys share one, which is
///     what makes racing instances agree on the next key
/// @param publicPart the public half, base64url of its X.509 form; empty for a symmetric key
/// @param sealed the secret half in its sealed envelope
/// @param createdAt when it was made and thereby published, to the microsecond
/// @param activeFrom from when on it is used, to the microsecond; superseded as soon as a later one
///     is active
public record ServerKey(
    String kid,
    Purpose purpose,
    int sequence,
    String publicPart,
    String sealed,
    Instant createdAt,
    Instant activeFrom) {
  public ServerKey {
    if (kid.isEmpty() || sealed.isEmpty() || sequence < 1) {
      throw new IllegalArgumentException("a server key has a name, a secret and a sequence from 1");
    }
  }

  /// What a server key is for.
  public enum Purpose {
    /// Signs access tokens.
    ACCESS_TOKEN_SIGNING,
    /// Derives a refresh token from its parent.
    REFRESH_TOKEN_DERIVATION
  }
}
