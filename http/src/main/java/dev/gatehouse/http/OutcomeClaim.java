package dev.gatehouse.http;

import java.util.concurrent.atomic.AtomicBoolean;

/// The right to report the outcome of one request. The use case takes it when it ends, the server
/// when it responds; whichever is first reports, so that each request counts once. Thread-safe.
public final class OutcomeClaim {
  private final AtomicBoolean taken = new AtomicBoolean();

  /// Takes the claim.
  ///
  /// @return whether the caller is the first and reports the outcome
  public boolean take() {
    return taken.compareAndSet(false, true);
  }

  @Override
  public String toString() {
    return taken.get() ? "reported" : "open";
  }
}
