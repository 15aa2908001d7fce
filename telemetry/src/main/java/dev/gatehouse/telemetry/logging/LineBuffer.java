package dev.gatehouse.telemetry.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A reusable buffer for encoded lines. For one thread.
final class LineBuffer {
  private static final int USUAL_SIZE = 4 * 1024;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int HEX_DIGITS = 16;

  private byte[] bytes = new byte[USUAL_SIZE];
  private int length;

  int length() {
    return length;
  }

  /// Truncates the content to a length.
  void truncate(int shorter) {
    length = Math.min(length, shorter);
  }

  /// Writes the content and clears the buffer.
  void drainTo(OutputStream out) throws IOException {
    try {
      out.write(bytes, 0, length);
    } finally {
      length = 0;
    }
  }

  LineBuffer append(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /// Appends text known to be ASCII.
  LineBuffer ascii(String text) {
    int size = text.length();
    room(size);
    for (int index = 0; index < size; index++) {
      bytes[length++] = (byte) text.charAt(index);
    }
    return this;
  }

  /// Appends any text; half a pair of surrogates becomes a question mark.
  LineBuffer utf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
    return this;
  }

  LineBuffer number(long number) {
    return ascii(Long.toString(number));
  }

  /// Appends a number as so many decimal digits, with leading zeros.
  LineBuffer digits(int number, int count) {
    room(count);
    int rest = number;
    for (int place = length + count - 1; place >= length; place--) {
      bytes[place] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
    return this;
  }

  /// Appends sixteen hexadecimal digits.
  LineBuffer hex(long number) {
    room(HEX_DIGITS);
    for (int shift = 60; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(int) (number >>> shift) & 0xf];
    }
    return this;
  }

  /// Appends a string of JSON with its quotes.
  LineBuffer quoted(String text) {
    append('"');
    int size = text.length();
    for (int index = 0; index < size; index++) {
      char character = text.charAt(index);
      if (character >= 0x80) {
        utf8Escaped(text.substring(index));
        return append('"');
      }
      escaped(character);
    }
    return append('"');
  }

  private void utf8Escaped(String rest) {
    for (byte each : rest.getBytes(StandardCharsets.UTF_8)) {
      if (each < 0) {
        room(1);
        bytes[length++] = each;
      } else {
        escaped((char) each);
      }
    }
  }

  private void escaped(char ascii) {
    if (ascii >= ' ' && ascii != '"' && ascii != '\\' && ascii != 0x7f) {
      append(ascii);
      return;
    }
    switch (ascii) {
      case '"' -> ascii("\\\"");
      case '\\' -> ascii("\\\\");
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      default -> {
        ascii("\\u00");
        room(2);
        bytes[length++] = HEX[ascii >> 4];
        bytes[length++] = HEX[ascii & 0xf];
      }
    }
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
