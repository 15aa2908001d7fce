package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.accounts.registration.RegistrationListener;
import dev.gatehouse.http.OutcomeListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// `registrations_total{result}`.
public final class RegistrationMetrics implements RegistrationListener, OutcomeListener {
  private final AttemptCounters attempts;

  RegistrationMetrics(MeterRegistry registry) {
    attempts = new AttemptCounters("registrations", "Attempts to register", "taken", registry);
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
      case TAKEN -> attempts.refused;
      case INVALID -> attempts.invalid;
      case UNAVAILABLE -> attempts.unavailable;
      case ERROR -> attempts.error;
    };
  }
}
