package dev.gatehouse.accounts.transfer;

import dev.gatehouse.errors.Refusal;

/// Imports of users by the thousand, each remembered with how far it has come. A bounded number is
/// remembered: of many files the oldest are forgotten.
///
/// Every method is atomic, blocks its (virtual) thread, gives up at the store's time-outs with
/// [Unavailable], and is safe to call from any thread. What a method has acknowledged by returning
/// survives a crash.
public interface UserImports {
  /// How far the import of this file has come, [ImportProgress#NONE] when nothing is known of it.
  ImportProgress find(ImportId file);

  /// Forgets how far it has come. Users stay.
  void forget(ImportId file);

  /// Adds the users of a batch that no other account is in the way of, and notes how far the import
  /// has come with it, both or neither.
  ///
  /// @return how far it has come
  /// @throws Refusal `STALE_VERSION` when another run of the same import has come further
  ///     meanwhile; then nothing is added
  ImportProgress add(ImportId file, ImportBatch batch);
}
