package dev.gatehouse.http;

import org.jspecify.annotations.Nullable;

/// Answers from memory, on the event loop, without its own thread. May never wait: no lock held
/// elsewhere over I/O, no file, no socket, no hashing.
@FunctionalInterface
public interface FastPath {
  /// The answer, or null when it cannot be given without waiting; the route's handler then gives
  /// it.
  @Nullable Response attempt(Request request);
}
