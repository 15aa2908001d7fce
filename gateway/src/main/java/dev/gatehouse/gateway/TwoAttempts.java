package dev.gatehouse.gateway;

import java.util.Optional;

/// Two who learn of the same attempt.
record TwoAttempts(UpstreamListener.AttemptListener one, UpstreamListener.AttemptListener other)
    implements UpstreamListener.AttemptListener {
  @Override
  public Optional<String> traceparent() {
    return one.traceparent().or(other::traceparent);
  }

  @Override
  public void answered(int status) {
    one.answered(status);
    other.answered(status);
  }

  @Override
  public void ended(Outcome outcome) {
    one.ended(outcome);
    other.ended(outcome);
  }
}
