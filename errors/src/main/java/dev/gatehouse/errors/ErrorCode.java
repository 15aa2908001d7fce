package dev.gatehouse.errors;

/// The stable codes by which clients tell errors apart. A code never changes its meaning; new ones
/// may be added. How a code is carried over a protocol is the business of the protocol's adapter.
public enum ErrorCode {
  MALFORMED_REQUEST,
  UNAUTHENTICATED,
  INVALID_CREDENTIALS,
  INVALID_TOKEN,
  FORBIDDEN,
  WRONG_PASSWORD,
  WRONG_CODE,
  REGISTRATION_CLOSED,
  NOT_FOUND,
  METHOD_NOT_ALLOWED,
  EMAIL_TAKEN,
  IDEMPOTENCY_IN_PROGRESS,
  LAST_ADMINISTRATOR,
  FLOW_EXPIRED,
  STALE_VERSION,
  BODY_TOO_LARGE,
  UNSUPPORTED_MEDIA_TYPE,
  INVALID_FIELDS,
  WEAK_PASSWORD,
  IDEMPOTENCY_KEY_REUSED,
  RATE_LIMITED,
  INTERNAL,
  OVERLOADED,
  DEPENDENCY_UNAVAILABLE,
  DEADLINE_EXCEEDED
}
