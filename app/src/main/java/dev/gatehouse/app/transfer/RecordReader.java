package dev.gatehouse.app.transfer;

import dev.gatehouse.accounts.user.UserRecord;
import dev.gatehouse.errors.InvalidFields;

/// Reads a user from a line. For one thread.
interface RecordReader {
  /// What the line says.
  ///
  /// @throws InvalidFields when it cannot be read
  UserRecord read(String line);
}
