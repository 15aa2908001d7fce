package dev.gatehouse.app.transfer;

import dev.gatehouse.errors.InvalidFields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A file's text as UTF-8: as it is, or from UTF-16 where a byte order mark says so. What is not
/// UTF-16 becomes a byte that is not UTF-8 either, so that the line it is in is found to be wrong.
/// For one thread.
final class TextStream {
  private static final byte MALFORMED = (byte) 0xFF;
  private static final int LONGEST_MARK = 4;

  /// The most that a character needs, and one that is found to be malformed before it.
  private static final int ROOM = 5;

  private final InputStream in;
  private final boolean wide;
  private final boolean littleEndian;
  private final byte[] raw = new byte[32 * 1_024];
  private int position;
  private int limit;
  private long passed;
  private char high;

  private TextStream(InputStream in, byte[] beginning, boolean wide, boolean littleEndian) {
    this.in = in;
    this.wide = wide;
    this.littleEndian = littleEndian;
    this.limit = beginning.length;
    this.position = wide ? 2 : 0;
    this.passed = beginning.length;
    System.arraycopy(beginning, 0, raw, 0, limit);
  }

  /// Looks at the beginning.
  ///
  /// @throws InvalidFields when it is no text that can be read
  static TextStream of(InputStream in) throws IOException {
    byte[] beginning = in.readNBytes(LONGEST_MARK);
    if (starts(beginning, 0xFF, 0xFE, 0, 0) || starts(beginning, 0, 0, 0xFE, 0xFF)) {
      throw wrong("it is UTF-32; write it as UTF-8 or UTF-16");
    }
    if (starts(beginning, 0x1F, 0x8B)) {
      throw wrong("it is compressed by gzip; unpack it first");
    }
    if (starts(beginning, 'P', 'K', 3, 4)) {
      throw wrong("it is a zip archive or a workbook; write it as CSV first");
    }
    boolean littleEndian = starts(beginning, 0xFF, 0xFE);
    boolean wide = littleEndian || starts(beginning, 0xFE, 0xFF);
    return new TextStream(in, beginning, wide, littleEndian);
  }

  /// The name of what the file is written in.
  String encoding() {
    return wide ? "UTF-16" : "UTF-8";
  }

  /// How many bytes of the file were read so far.
  long passed() {
    return passed;
  }

  /// Reads some bytes of UTF-8.
  ///
  /// @return how many; none at the end
  int read(byte[] target) throws IOException {
    if (wide) {
      return readWide(target);
    }
    if (position == limit && !fill()) {
      return 0;
    }
    int count = Math.min(limit - position, target.length);
    System.arraycopy(raw, position, target, 0, count);
    position += count;
    return count;
  }

  private int readWide(byte[] target) throws IOException {
    int length = 0;
    while (length + ROOM <= target.length) {
      int first = next();
      if (first < 0) {
        return high == 0 ? length : malformed(target, length);
      }
      int second = next();
      if (second < 0) {
        return malformed(target, length);
      }
      length =
          append((char) (littleEndian ? second << 8 | first : first << 8 | second), target, length);
    }
    return length;
  }

  /// Half a character at the end.
  private int malformed(byte[] target, int length) {
    target[length] = MALFORMED;
    high = 0;
    return length + 1;
  }

  private int append(char unit, byte[] target, int length) {
    if (Character.isLowSurrogate(unit) && high != 0) {
      int written = write(Character.toCodePoint(high, unit), target, length);
      high = 0;
      return written;
    }
    int end = high == 0 ? length : malformed(target, length);
    if (Character.isHighSurrogate(unit)) {
      high = unit;
      return end;
    }
    return Character.isLowSurrogate(unit) ? malformed(target, end) : write(unit, target, end);
  }

  private static int write(int character, byte[] target, int from) {
    byte[] encoded = Character.toString(character).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(encoded, 0, target, from, encoded.length);
    return from + encoded.length;
  }

  private int next() throws IOException {
    return position == limit && !fill() ? -1 : raw[position++] & 0xFF;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(raw));
    passed += limit;
    return limit > 0;
  }

  private static boolean starts(byte[] bytes, int... mark) {
    byte[] beginning = Arrays.copyOf(bytes, Math.min(bytes.length, mark.length));
    byte[] wanted = new byte[mark.length];
    for (int place = 0; place < mark.length; place++) {
      wanted[place] = (byte) mark[place];
    }
    return Arrays.equals(beginning, wanted);
  }

  private static InvalidFields wrong(String what) {
    return InvalidFields.of("file", "invalid", what);
  }
}
