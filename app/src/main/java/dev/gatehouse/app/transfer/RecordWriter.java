package dev.gatehouse.app.transfer;

import dev.gatehouse.accounts.user.User;
import java.util.Optional;

/// Writes users as lines. For one thread.
interface RecordWriter {
  /// What comes before the first user: whole lines, or nothing.
  String header();

  /// A user as a line, its end included.
  String line(User user, Optional<String> hash);
}
