package dev.gatehouse.app.transfer;

import dev.gatehouse.accounts.transfer.ExportUsers;
import dev.gatehouse.accounts.user.User;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Writes users to where an export goes. For one thread.
public final class WrittenUsers implements ExportUsers.Taker {
  private final UserSink sink;
  private final RecordWriter writer;
  private final LongConsumer told;
  private long count;

  private WrittenUsers(UserSink sink, RecordWriter writer, LongConsumer told) {
    this.sink = sink;
    this.writer = writer;
    this.told = told;
  }

  /// Begins with the header, where there is one and it is not there yet.
  ///
  /// @param told after each user, how many were written
  public static WrittenUsers to(
      UserSink sink, RecordFormat format, boolean withHashes, LongConsumer told)
      throws IOException {
    RecordWriter writer = RecordFormats.writer(format, withHashes);
    if (!sink.begun()) {
      sink.write(writer.header());
    }
    return new WrittenUsers(sink, writer, told);
  }

  @Override
  public void take(User user, Optional<String> hash) throws IOException {
    sink.write(writer.line(user, hash));
    count++;
    told.accept(count);
  }

  /// How many were written.
  public long count() {
    return count;
  }
}
