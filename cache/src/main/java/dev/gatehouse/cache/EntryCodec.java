package dev.gatehouse.cache;

import dev.gatehouse.cache.ChangeFeed.Change;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The encoding of entries in Redis: one byte for the kind, eight for the version, then the value.
/// Other content is foreign or damaged.
final class EntryCodec {
  private static final byte ENTRY = 1;
  private static final byte MARK = 2;
  private static final int HEADER = 1 + Long.BYTES;
  private static final int MAX_KEY = 512;

  private EntryCodec() {}

  static byte[] entry(Entry entry) {
    byte[] value = entry.value();
    return ByteBuffer.allocate(HEADER + value.length)
        .put(ENTRY)
        .putLong(entry.version())
        .put(value)
        .array();
  }

  static byte[] tombstone(long version) {
    return ByteBuffer.allocate(HEADER).put(MARK).putLong(version).array();
  }

  static boolean isMark(byte[] stored) {
    return stored.length == HEADER && stored[0] == MARK;
  }

  static Optional<Entry> readEntry(byte[] stored) {
    if (stored.length < HEADER || stored[0] != ENTRY) {
      return Optional.empty();
    }
    long version = ByteBuffer.wrap(stored, 1, Long.BYTES).getLong();
    byte[] value = Arrays.copyOfRange(stored, HEADER, stored.length);
    boolean absent = version == 0 && value.length == 0;
    if (absent) {
      return Optional.of(Entry.absent());
    }
    return version < 1 || value.length == 0
        ? Optional.empty()
        : Optional.of(Entry.of(version, value));
  }

  static byte[] message(Change change) {
    byte[] key = change.key().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + key.length).putLong(change.version()).put(key).array();
  }

  static Optional<Change> readMessage(byte[] message) {
    if (message.length <= Long.BYTES || message.length > Long.BYTES + MAX_KEY) {
      return Optional.empty();
    }
    long version = ByteBuffer.wrap(message).getLong();
    String key =
        new String(message, Long.BYTES, message.length - Long.BYTES, StandardCharsets.UTF_8);
    return Optional.of(new Change(key, version));
  }
}
