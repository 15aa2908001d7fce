package dev.gatehouse.http.server;

/// A request and its answer, as the connection they travel on sees them. On its event loop alone.
interface ActiveRequest {
  /// Asked now and then: has the time run out?
  void check(long now);

  /// The client is gone: no one wants the answer any more.
  void abandon();

  /// What arrives is not framed as announced.
  void brokenBody();
}
