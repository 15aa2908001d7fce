package dev.gatehouse.api.token;

/// The public halves of the keys that sign access tokens. Thread-safe; reads only memory.
@FunctionalInterface
public interface PublishedKeys {
  /// The key set (RFC 7517, 5) in UTF-8, in use and to be used soon. Not to be changed.
  byte[] jwks();
}
