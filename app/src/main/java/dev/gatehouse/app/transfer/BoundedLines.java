package dev.gatehouse.app.transfer;

import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Cuts a text into lines, in bounded memory whatever is in it: of a line that is too long, or has
/// no end, only so much is kept as tells that. A line ends with LF, CR LF or CR. For one thread.
final class BoundedLines {
  /// The longest line; the longest user there can be is a third of it.
  static final int MAX_BYTES = 16 * 1_024;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final TextStream in;
  private final byte[] read = new byte[64 * 1_024];
  private final byte[] line = new byte[MAX_BYTES];
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private int position;
  private int limit;
  private int length;
  private long number;
  private boolean afterReturn;

  /// Begins to read.
  ///
  /// @throws InvalidFields when it is no text that can be read
  BoundedLines(InputStream in) throws IOException {
    this.in = TextStream.of(in);
  }

  /// A line.
  ///
  /// @param number from 1
  /// @param text without its end; empty when something is wrong with it
  /// @param fault what is wrong
  record Raw(long number, String text, Optional<FieldError> fault) {}

  /// The next line, empty at the end.
  Optional<Raw> next() throws IOException {
    if (!gather()) {
      return Optional.empty();
    }
    if (length > MAX_BYTES) {
      return Optional.of(fault("too_long", "It has more than %d bytes.".formatted(MAX_BYTES)));
    }
    return Optional.of(decoded());
  }

  /// Passes over every line up to this one.
  void skip(long last) throws IOException {
    boolean more = true;
    while (more && number < last) {
      more = gather();
    }
  }

  /// How many bytes of the file were read so far.
  long passed() {
    return in.passed();
  }

  /// Gathers a line.
  ///
  /// @return whether there was one
  private boolean gather() throws IOException {
    length = 0;
    boolean any = false;
    while (fill()) {
      any = true;
      int end = position;
      while (end < limit && read[end] != '\n' && read[end] != '\r') {
        end++;
      }
      keep(end - position);
      boolean complete = end < limit;
      afterReturn = complete && read[end] == '\r';
      position = complete ? end + 1 : end;
      if (complete) {
        break;
      }
    }
    number += any ? 1 : 0;
    return any;
  }

  /// Whether there is more of a line. A LF that comes after a CR belongs to the line before.
  private boolean fill() throws IOException {
    if (position == limit && !more()) {
      return false;
    }
    if (afterReturn && read[position] == '\n') {
      afterReturn = false;
      position++;
      return position < limit || more();
    }
    afterReturn = false;
    return true;
  }

  private boolean more() throws IOException {
    position = 0;
    limit = in.read(read);
    return limit > 0;
  }

  private void keep(int count) {
    int kept = Math.min(count, MAX_BYTES - Math.min(length, MAX_BYTES));
    System.arraycopy(read, position, line, Math.min(length, MAX_BYTES), kept);
    length = Math.min(MAX_BYTES + 1, length + count);
  }

  private Raw decoded() {
    try {
      String text = decoder.decode(ByteBuffer.wrap(line, 0, length)).toString();
      if (text.indexOf('\0') >= 0) {
        return fault(
            "invalid", "It has NUL characters; a file in UTF-16 begins with a byte order mark.");
      }
      boolean marked = number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
      return new Raw(number, marked ? text.substring(1) : text, Optional.empty());
    } catch (CharacterCodingException notUtf8) {
      return fault("invalid", "It is not %s.".formatted(in.encoding()));
    }
  }

  private Raw fault(String code, String message) {
    return new Raw(number, "", Optional.of(new FieldError("line", code, message)));
  }
}
