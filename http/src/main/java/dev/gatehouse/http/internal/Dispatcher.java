package dev.gatehouse.http.internal;

import io.vertx.core.http.HttpServerRequest;

/// Decides what one event loop does with the requests that it accepts, see [RequestAcceptor].
///
/// @param <R> the form that it gives them
public interface Dispatcher<R extends ActiveRequest> {
  /// Gives a request its form.
  ///
  /// @param target [Target#UNKNOWN] when the request is malformed: it is then not
  ///     dispatched but refused
  R open(HttpServerRequest http, Connection connection, Target target);

  /// Takes over a request that passed validation. What is thrown becomes an error response.
  void dispatch(R request);
}
