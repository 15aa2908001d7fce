package dev.gatehouse.http;

/// Who may call a route at all; what a caller may do there is the handler's to decide.
public enum Access {
  /// Anybody; a token that is sent along is not looked at.
  PUBLIC,
  /// Bearers of a valid token.
  AUTHENTICATED
}
