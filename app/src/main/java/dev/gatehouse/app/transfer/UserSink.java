package dev.gatehouse.app.transfer;

import dev.gatehouse.accounts.id.UserId;
import java.io.IOException;
import java.util.Optional;

/// Where an export goes. For one thread.
public interface UserSink extends AutoCloseable {
  /// Whether something is in it already.
  boolean begun() throws IOException;

  /// The last user that is in it already.
  Optional<UserId> last();

  /// Writes a line, its end included.
  void write(String line) throws IOException;

  /// Makes sure that all is where it should be.
  void finish() throws IOException;

  @Override
  void close() throws IOException;
}
