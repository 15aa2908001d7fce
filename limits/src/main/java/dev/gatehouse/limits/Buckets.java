package dev.gatehouse.limits;

/// The buckets of one limit, one for each key, full when first asked for. Thread-safe: of any number
/// of takers at once no more are allowed than there are tokens.
@FunctionalInterface
public interface Buckets {
  /// Takes a token of the key's bucket, if there is one.
  ///
  /// @param key stands for an address or an account, see [Keys]
  Decision take(long key);
}
