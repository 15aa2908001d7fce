package dev.gatehouse.client;

import java.io.IOException;
import java.time.Duration;

/// No instance can be called at present.
public final class NoInstance extends IOException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  NoInstance(Duration retryAfter) {
    super("no instance of the service can be called");
    this.retryAfter = retryAfter;
  }

  /// How long it is not worth asking again.
  public Duration retryAfter() {
    return retryAfter;
  }
}
