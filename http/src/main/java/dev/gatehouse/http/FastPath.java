package dev.gatehouse.http;

import org.jspecify.annotations.Nullable;

/// Responds from memory, on the event loop, without its own thread. May never wait: no lock that
/// is held over I/O, no file, no socket, no hashing.
@FunctionalInterface
public interface FastPath {
  /// The response, or null when the request has to wait; the route's handler then responds.
  @Nullable Response attempt(Request request);
}
