package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.accounts.signin.SignInListener;
import dev.gatehouse.http.OutcomeListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// `logins_total{result}`.
public final class SignInMetrics implements SignInListener, OutcomeListener {
  private final AttemptCounters attempts;

  SignInMetrics(MeterRegistry registry) {
    attempts =
        new AttemptCounters("logins", "Attempts to sign in", "invalid_credentials", registry);
  }

  @Override
  public void ended(Result result) {
    attempts.reported(counter(result));
  }

  @Override
  public void ended(int status) {
    attempts.ended(status);
  }

  private Counter counter(Result result) {
    return switch (result) {
      case SUCCESS -> attempts.success;
      case INVALID_CREDENTIALS -> attempts.refused;
      case RATE_LIMITED -> attempts.rateLimited;
      case UNAVAILABLE -> attempts.unavailable;
      case ERROR -> attempts.error;
    };
  }
}
