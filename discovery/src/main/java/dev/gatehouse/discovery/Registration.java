package dev.gatehouse.discovery;

/// An instance being made known. Thread-safe.
public interface Registration extends AutoCloseable {
  /// Whether the registry took it on, as far as known.
  boolean registered();

  /// Takes the instance off the registry: the first thing to do in a shutdown, so that others stop
  /// sending requests before it stops taking them. Returns within a second, also when the registry
  /// is away; it then drops the instance by itself once its check fails. Doing it twice does
  /// nothing.
  void deregister();

  /// The same as [#deregister()].
  @Override
  default void close() {
    deregister();
  }
}
