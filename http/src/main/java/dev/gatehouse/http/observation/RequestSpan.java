package dev.gatehouse.http.observation;

/// A request that is being recorded.
public interface RequestSpan {
  /// Does work of the request, on any thread, so that what it does further in is recorded as part
  /// of it.
  <T> T call(ScopedValue.CallableOp<T, RuntimeException> work);

  /// The response has been sent, or the client has left. Called once, on the event loop.
  void end(Ending ending);

  /// How a request ended.
  ///
  /// @param method as the client sent it
  /// @param scheme `http` or `https`
  /// @param path as the client sent it, without the query; may hold anything
  /// @param template of the path, `other` when the request found no route
  /// @param status of the response; 499 when the client left before it
  /// @param client the address in text form
  record Ending(
      String method, String scheme, String path, String template, int status, String client) {}
}
