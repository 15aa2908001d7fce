package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.http.RequestObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// `logins_total{result}` and `registrations_total{result}`. What succeeded is known from the
/// security events, so that a registration given again under its idempotency key counts once; what
/// did not is known from the answer.
public final class AccountMetrics implements AuditLog, RequestObserver {
  private static final String SIGN_IN = "POST /v1/sessions";
  private static final String REGISTRATION = "POST /v1/users";

  private final Results logins;
  private final Results registrations;

  AccountMetrics(MeterRegistry registry) {
    logins = new Results("logins", "Attempts to sign in", "invalid_credentials", registry);
    registrations = new Results("registrations", "Attempts to register", "taken", registry);
  }

  @Override
  public void record(AuditEvent event) {
    switch (event.kind()) {
      case SIGN_IN_SUCCEEDED -> logins.succeeded.increment();
      case USER_REGISTERED -> registrations.succeeded.increment();
      default -> {}
    }
  }

  @Override
  public OfRoute forRoute(String method, String template) {
    return switch (method + ' ' + template) {
      case SIGN_IN -> (status, _, _) -> logins.answered(status);
      case REGISTRATION -> (status, _, _) -> registrations.answered(status);
      default -> OfRoute.NONE;
    };
  }

  private static final class Results {
    private final Counter succeeded;
    private final Counter refused;
    private final Counter invalid;
    private final Counter limited;
    private final Counter unavailable;
    private final Counter failed;
    private final Counter abandoned;

    Results(String name, String description, String refusal, MeterRegistry registry) {
      var attempts = Counter.builder(name).description(description).withRegistry(registry);
      succeeded = attempts.withTag("result", "success");
      refused = attempts.withTag("result", refusal);
      invalid = attempts.withTag("result", "invalid");
      limited = attempts.withTag("result", "rate_limited");
      unavailable = attempts.withTag("result", "unavailable");
      failed = attempts.withTag("result", "error");
      abandoned = attempts.withTag("result", "abandoned");
    }

    void answered(int status) {
      switch (status) {
        case 200, 201 -> {}
        case 401, 409 -> refused.increment();
        case 429 -> limited.increment();
        case 499 -> abandoned.increment();
        case 503, 504 -> unavailable.increment();
        default -> (status < 500 ? invalid : failed).increment();
      }
    }
  }
}
