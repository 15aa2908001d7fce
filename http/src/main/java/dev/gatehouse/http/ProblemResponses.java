package dev.gatehouse.http;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.errors.WrongCode;
import dev.gatehouse.http.body.Json;
import dev.gatehouse.http.eventloop.Faults;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns errors into problem responses (RFC 9457).
public final class ProblemResponses {
  private static final Logger log = LoggerFactory.getLogger(ProblemResponses.class);
  private static final CharSequence BEARER = "Bearer";
  private static final CharSequence BEARER_INVALID = "Bearer error=\"invalid_token\"";

  private record Kind(int status, String title) {}

  private ProblemResponses() {}

  /// The response to an error.
  public static Response of(GatehouseException error, String requestId) {
    return of(error, kind(error.code()).status(), requestId);
  }

  /// The response to an error, under a status that says more than the code's own.
  public static Response of(GatehouseException error, int status, String requestId) {
    return withFields(problem(error, status, requestId), error);
  }

  /// The response to an error in the form that a route has.
  public static Response of(GatehouseException error, Route route, String requestId) {
    int status = kind(error.code()).status();
    return withFields(rendered(error, status, route, requestId), error);
  }

  private static Response rendered(
      GatehouseException error, int status, Route route, String requestId) {
    try {
      return route.errors().render(error, status, requestId);
    } catch (RuntimeException broken) {
      Faults.describe(log.atError(), broken)
          .addKeyValue("request_id", requestId)
          .addKeyValue("path", route.template())
          .log("Error page could not be rendered; a problem response is sent instead");
      return problem(error, status, requestId);
    }
  }

  /// The problem alone, without the fields that some errors need.
  static Response problem(GatehouseException error, int status, String requestId) {
    byte[] body = Json.write(body(error, status, requestId));
    return Response.of(status, HeaderNames.PROBLEM_JSON, body);
  }

  private static Response withFields(Response response, GatehouseException error) {
    return switch (error) {
      case Unavailable unavailable -> withRetryAfter(response, unavailable);
      case Refusal refusal -> withChallenge(response, refusal.code());
      case WrongCode _, InvalidFields _, Fault _ -> response;
    };
  }

  /// The response to a caller who is not identified, with another challenge than the code's own.
  static Response challenging(
      Refusal refusal, CharSequence challenge, Route route, String requestId) {
    return rendered(refusal, kind(refusal.code()).status(), route, requestId)
        .withHeader(HeaderNames.WWW_AUTHENTICATE, challenge);
  }

  private static Kind kind(ErrorCode code) {
    return switch (code) {
      case MALFORMED_REQUEST -> new Kind(400, "Malformed request");
      case UNAUTHENTICATED -> new Kind(401, "Authentication required");
      case INVALID_CREDENTIALS -> new Kind(401, "Invalid credentials");
      case INVALID_TOKEN -> new Kind(401, "Invalid token");
      case FORBIDDEN -> new Kind(403, "Forbidden");
      case WRONG_PASSWORD -> new Kind(403, "Wrong password");
      case WRONG_CODE -> new Kind(403, "Wrong code");
      case REGISTRATION_CLOSED -> new Kind(403, "Registration closed");
      case NOT_FOUND -> new Kind(404, "Not found");
      case METHOD_NOT_ALLOWED -> new Kind(405, "Method not allowed");
      case EMAIL_TAKEN -> new Kind(409, "Email address taken");
      case IDEMPOTENCY_IN_PROGRESS -> new Kind(409, "Same request in progress");
      case LAST_ADMINISTRATOR -> new Kind(409, "Last administrator");
      case FLOW_EXPIRED -> new Kind(410, "Flow expired");
      case STALE_VERSION -> new Kind(412, "Stale version");
      case BODY_TOO_LARGE -> new Kind(413, "Body too large");
      case UNSUPPORTED_MEDIA_TYPE -> new Kind(415, "Unsupported media type");
      case INVALID_FIELDS -> new Kind(422, "Invalid fields");
      case WEAK_PASSWORD -> new Kind(422, "Weak password");
      case IDEMPOTENCY_KEY_REUSED -> new Kind(422, "Idempotency key reused");
      case RATE_LIMITED -> new Kind(429, "Too many requests");
      case INTERNAL -> new Kind(500, "Internal error");
      case OVERLOADED -> new Kind(503, "Overloaded");
      case DEPENDENCY_UNAVAILABLE -> new Kind(503, "Dependency unavailable");
      case DEADLINE_EXCEEDED -> new Kind(504, "Deadline exceeded");
    };
  }

  private static Problem body(GatehouseException error, int status, String requestId) {
    ErrorCode code = error.code();
    return new Problem(
        "urn:gatehouse:problem:" + code.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        kind(code).title(),
        status,
        code.name(),
        error.detail(),
        "urn:gatehouse:request:" + requestId,
        requestId,
        errors(error),
        triesLeft(error));
  }

  private static Optional<Integer> triesLeft(GatehouseException error) {
    return error instanceof WrongCode wrong ? Optional.of(wrong.triesLeft()) : Optional.empty();
  }

  private static List<FieldError> errors(GatehouseException error) {
    return error instanceof InvalidFields invalid ? invalid.errors() : List.of();
  }

  private static Response withRetryAfter(Response response, Unavailable unavailable) {
    return switch (response.status()) {
      case 429, 503 -> response.withHeader(HeaderNames.RETRY_AFTER, seconds(unavailable));
      default -> response;
    };
  }

  private static String seconds(Unavailable unavailable) {
    long rounded = unavailable.retryAfter().plusMillis(999).toSeconds();
    return Long.toString(Math.max(1, rounded));
  }

  private static Response withChallenge(Response response, ErrorCode code) {
    return switch (code) {
      case UNAUTHENTICATED, INVALID_CREDENTIALS ->
          response.withHeader(HeaderNames.WWW_AUTHENTICATE, BEARER);
      case INVALID_TOKEN -> response.withHeader(HeaderNames.WWW_AUTHENTICATE, BEARER_INVALID);
      default -> response;
    };
  }
}
