package dev.gatehouse.http.internal;

import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.observation.RequestObserver;
import io.vertx.core.http.HttpServerRequest;

/// What a request takes up within the [ConcurrencyLimit] of its event loop: one permit, and the
/// bytes of its body that are in memory.
abstract class AdmittedRequest extends RecordedRequest {
  private boolean admitted;
  private int held;

  AdmittedRequest(
      HttpServerRequest http,
      Connection connection,
      Route route,
      RequestObserver.OfRoute observer) {
    super(http, connection, route, observer);
  }

  /// Takes a permit; doing so again has no effect.
  ///
  /// @throws Unavailable `OVERLOADED` when the limit is reached
  protected final void admit() {
    if (!admitted) {
      context().limit().enter();
      admitted = true;
    }
  }

  /// Counts bytes of the body that are kept in memory.
  ///
  /// @throws Unavailable `OVERLOADED` when the limit is reached
  public final void hold(int bytes) {
    if (admitted) {
      context().limit().hold(bytes);
      held += bytes;
    }
  }

  /// The bytes of the body that are counted.
  protected final int held() {
    return held;
  }

  /// Frees the bytes of the body.
  public final void release() {
    context().limit().release(held);
    held = 0;
  }

  /// Returns the permit and frees the bytes; doing so again has no effect.
  protected void leave() {
    if (admitted) {
      admitted = false;
      context().limit().leave();
      release();
    }
  }
}
