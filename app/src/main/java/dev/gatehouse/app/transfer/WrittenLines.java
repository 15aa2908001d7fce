package dev.gatehouse.app.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/// What an export that was broken off has left: whole lines, and perhaps a piece of one.
///
/// @param end where the last whole line ends
/// @param first the first line, as far as it is whole; empty when there is none
/// @param last the last whole line; empty when there is none
/// @param piece what comes after it
record WrittenLines(long end, String first, String last, String piece) {
  /// Room for two lines.
  private static final int WINDOW = 2 * BoundedLines.MAX_BYTES;

  static WrittenLines of(FileChannel channel) throws IOException {
    long size = channel.size();
    long begin = Math.max(0, size - WINDOW);
    byte[] tail = read(channel, begin, (int) (size - begin));
    int end = lastBreak(tail, tail.length) + 1;
    int start = lastBreak(tail, end - 1) + 1;
    byte[] head = read(channel, 0, (int) Math.min(size, WINDOW));
    return new WrittenLines(
        end == 0 ? 0 : begin + end,
        text(head, 0, firstBreak(head)),
        text(tail, start, end - 1),
        text(tail, end, tail.length));
  }

  private static byte[] read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("the file has become shorter meanwhile");
      }
    }
    return buffer.array();
  }

  private static int lastBreak(byte[] bytes, int before) {
    int place = before - 1;
    while (place >= 0 && bytes[place] != '\n') {
      place--;
    }
    return Math.max(-1, place);
  }

  private static int firstBreak(byte[] bytes) {
    int place = 0;
    while (place < bytes.length && bytes[place] != '\n') {
      place++;
    }
    return place < bytes.length ? place : 0;
  }

  private static String text(byte[] bytes, int from, int to) {
    return to <= from ? "" : new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
