package dev.gatehouse.http.body;

/// What a route takes as its body.
public enum MediaType {
  /// No body at all.
  NONE,
  /// `application/json`, in UTF-8.
  JSON,
  /// `application/x-www-form-urlencoded`, in UTF-8.
  FORM
}
