package dev.gatehouse.errors;

import java.time.Duration;
import java.util.Optional;

/// Not now: the service, or something it depends on, cannot serve this request at present.
/// Repeating it later may succeed. Carries no stack trace of its own; the cause keeps its.
public final class Unavailable extends GatehouseException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  private Unavailable(
      ErrorCode code, String detail, Duration retryAfter, Optional<? extends Throwable> cause) {
    super(code, detail, cause, false);
    this.retryAfter = retryAfter;
  }

  /// More work than the service can finish in time.
  public static Unavailable overloaded(Duration retryAfter) {
    return new Unavailable(
        ErrorCode.OVERLOADED,
        "The service has more work than it can finish in time.",
        retryAfter,
        Optional.empty());
  }

  /// A database or another part the request needs does not respond.
  public static Unavailable dependency(Throwable cause) {
    return new Unavailable(
        ErrorCode.DEPENDENCY_UNAVAILABLE,
        "A part the service depends on does not respond.",
        Duration.ofSeconds(1),
        Optional.of(cause));
  }

  /// No instance can take the request.
  public static Unavailable noInstance(Duration retryAfter) {
    return new Unavailable(
        ErrorCode.DEPENDENCY_UNAVAILABLE,
        "No instance of the service can take the request.",
        retryAfter,
        Optional.empty());
  }

  /// The request was passed on, and no response came back.
  public static Unavailable noResponse() {
    return new Unavailable(
        ErrorCode.DEPENDENCY_UNAVAILABLE,
        "The request was received, but no response came back: it may have taken effect, or not.",
        Duration.ofSeconds(1),
        Optional.empty());
  }

  /// The caller used up its share.
  public static Unavailable rateLimited(Duration retryAfter) {
    return new Unavailable(
        ErrorCode.RATE_LIMITED, "Too many requests.", retryAfter, Optional.empty());
  }

  /// The time allowed for the request ran out.
  public static Unavailable deadlineExceeded() {
    return deadlineExceeded(Optional.empty());
  }

  /// The time allowed for the request, or for the part of it that failed, ran out.
  public static Unavailable deadlineExceeded(Throwable cause) {
    return deadlineExceeded(Optional.of(cause));
  }

  private static Unavailable deadlineExceeded(Optional<? extends Throwable> cause) {
    return new Unavailable(
        ErrorCode.DEADLINE_EXCEEDED,
        "The request took longer than it may.",
        Duration.ofSeconds(1),
        cause);
  }

  /// How long to wait before a repetition is worth while; at least a millisecond.
  public Duration retryAfter() {
    return retryAfter;
  }
}
