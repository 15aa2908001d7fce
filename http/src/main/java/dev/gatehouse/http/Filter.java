package dev.gatehouse.http;

/// Code that runs around every handler. Composed once per route when the server is built, so that a
/// request costs a call, not an allocation.
///
/// A route with a [FastPath] passes its filters on the event loop, where they may not wait; when
/// there is no immediate response it passes them again, from the start, on a virtual thread. What
/// must happen once per request goes through [Request#once].
@FunctionalInterface
public interface Filter {
  /// The next handler, with this filter around it.
  Handler around(Route route, Handler next);

  /// The same for immediate responses, on the event loop: may never wait. What cannot be done
  /// without waiting leaves by [WouldBlock], and the request passes again on a virtual thread.
  default Handler aroundImmediate(Route route, Handler next) {
    return around(route, next);
  }
}
