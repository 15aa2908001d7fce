package dev.gatehouse.cache;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The entry of a key: bytes with their version, or the knowledge that there is no value. Immutable
/// except for its cached decoded form; thread-safe.
public final class Entry {
  private static final byte[] NOTHING = {};

  private final long version;
  private final byte[] value;
  private volatile @Nullable Decoded decoded;

  private Entry(long version, byte[] value) {
    this.version = version;
    this.value = value;
  }

  /// An entry of a value.
  ///
  /// @param version grows with each change of the value; at least 1
  /// @param value at least one byte; not copied, so callers must not change it
  public static Entry of(long version, byte[] value) {
    if (version < 1 || value.length == 0) {
      throw new IllegalArgumentException("an entry has a version from 1 and a value");
    }
    return new Entry(version, value);
  }

  /// The absence of a value, older than any value.
  public static Entry absent() {
    return new Entry(0, NOTHING);
  }

  /// Whether there is no value.
  public boolean isAbsent() {
    return value.length == 0;
  }

  /// The version of the value; 0 when there is none.
  public long version() {
    return version;
  }

  /// The value, not copied; empty when there is none.
  public byte[] value() {
    return value;
  }

  /// The decoded value, cached so that an entry is decoded once.
  ///
  /// @throws IllegalArgumentException when the decoder rejects the value
  public <T> T decoded(Decoder<T> decoder) {
    Decoded known = decoded;
    if (known != null && known.decoder.equals(decoder)) {
      @SuppressWarnings("unchecked") // Made by this very decoder, below.
      T form = (T) known.form;
      return form;
    }
    T form = decoder.decode(value);
    decoded = new Decoded(decoder, form);
    return form;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Entry that
        && version == that.version
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(version) + Arrays.hashCode(value);
  }

  /// Without the value, which may be personal.
  @Override
  public String toString() {
    return "Entry[version " + version + ", " + value.length + " bytes]";
  }

  /// Decodes the bytes of an entry.
  public interface Decoder<T> {
    /// The decoded value.
    ///
    /// @throws IllegalArgumentException when the bytes are of another format, or damaged
    T decode(byte[] value);
  }

  private record Decoded(Decoder<?> decoder, Object form) {}
}
