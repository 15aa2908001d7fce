package dev.gatehouse.accounts.token;

import java.time.Duration;
import java.util.List;

/// The store of server keys, shared by all instances. It never sees a secret in the clear. Every
/// method is atomic, blocks its (virtual) thread, gives up at the store's time-outs with
/// [Unavailable], and is safe to call from any thread.
public interface ServerKeys {
  /// The keys of a purpose, by sequence, oldest first.
  List<ServerKey> list(ServerKey.Purpose purpose);

  /// Adds a key, made now by the store's clock, unless its place in the sequence is taken: of any
  /// number of instances that make the next key at once, one wins and the others read the winner's.
  ///
  /// @return whether it was added; false, and nothing changes, when a key of the same purpose has
  ///     this sequence or any key has this name
  boolean add(NewServerKey key);

  /// Replaces the sealed form of a key unless someone else has replaced it meanwhile.
  ///
  /// @param current the sealed form that was read
  /// @return whether it was replaced
  boolean reseal(String kid, String current, String next);

  /// Removes a key if a later one of its purpose is in use for longer than this, by the store's
  /// clock.
  ///
  /// @return whether it was removed
  boolean removeSuperseded(String kid, Duration superseded);
}
