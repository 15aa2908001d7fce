package dev.gatehouse.http;

/// Receives the status of each request to a route whose outcome no use case has reported: the
/// request was refused before it reached one, its time ran out, or the client left. Called on event
/// loops; implementations neither wait nor throw. Thread-safe.
@FunctionalInterface
public interface OutcomeListener {
  /// Ignores every outcome.
  OutcomeListener NONE = _ -> {};

  /// A request has ended.
  ///
  /// @param status of the response; 499 when the client left before it
  void ended(int status);
}
