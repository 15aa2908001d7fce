package dev.gatehouse.http;

import dev.gatehouse.accounts.model.AccessTokens;

/// Who sent a request.
public sealed interface Caller {
  /// Nobody we know, or nobody we needed to know.
  Caller ANONYMOUS = new Anonymous();

  /// Sent no token, or to a route that asks for none.
  record Anonymous() implements Caller {}

  /// The bearer of a verified access token whose session has not been revoked.
  record SignedIn(AccessTokens.Claims claims) implements Caller {}
}
