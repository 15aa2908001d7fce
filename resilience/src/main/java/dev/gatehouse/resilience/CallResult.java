package dev.gatehouse.resilience;

/// How a call to an instance ended. Circuit breaker, load balancer, gateway, client and metrics
/// share these values; each of them decides what a value says about the instance.
public enum CallResult {
  /// A response that is not the instance's own error; it may reject the request.
  SUCCESS,
  /// The instance's own error: 500 and above, except 503 and 504.
  ERROR,
  /// No response within the time, or a 504.
  TIMEOUT,
  /// No connection; nothing was sent.
  UNREACHABLE,
  /// The instance rejects the request for now: 503.
  REFUSED,
  /// The caller stopped before the end.
  CANCELLED,
  /// The connection broke before the response was complete.
  BROKEN,
  /// The caller's own connections to the instance are all in use; nothing was sent.
  SATURATED;

  private static final int FIRST_ERROR = 500;

  /// The result of a call with a complete response.
  public static CallResult ofStatus(int status) {
    return switch (status) {
      case 503 -> REFUSED;
      case 504 -> TIMEOUT;
      default -> status >= FIRST_ERROR ? ERROR : SUCCESS;
    };
  }
}
