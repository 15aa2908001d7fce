package dev.gatehouse.app.system.budget;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts the statements that PostgreSQL's clients run, by reading its protocol, version 3
/// (PostgreSQL's documentation, "Frontend/Backend Protocol"). Thread-safe.
final class PostgresWire {
  private static final int HEADER = 5;

  private final Map<String, LongAdder> statements = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> rows = new ConcurrentHashMap<>();

  /// Begins to follow a connection.
  WireProxy.Conversation conversation() {
    return new Connection();
  }

  /// How often each statement has been run so far, by its text.
  Map<String, Long> statements() {
    return sums(statements);
  }

  /// How many rows each statement has reported as written so far, by its text.
  Map<String, Long> rowsWritten() {
    return sums(rows);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counted) {
    var sums = new TreeMap<String, Long>();
    counted.forEach((text, count) -> sums.put(text, count.sum()));
    return sums;
  }

  private static void add(Map<String, LongAdder> counts, String text, long count) {
    counts.computeIfAbsent(text, _ -> new LongAdder()).add(count);
  }

  private final class Connection implements WireProxy.Conversation {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();
    private final Queue<String> running = new ConcurrentLinkedQueue<>();
    private final Messages requests = new Messages();
    private final Messages responses = new Messages();
    private boolean started;

    @Override
    public void request(byte[] bytes, int length) {
      requests.add(bytes, length);
      while (!started && requests.holdsUntyped()) {
        ByteBuffer first = requests.untyped();
        // A request for encryption is followed by the real first message.
        started = first.remaining() > 4;
      }
      for (ByteBuffer message = requests.typed(); message != null; message = requests.typed()) {
        requested(message);
      }
    }

    @Override
    public void response(byte[] bytes, int length) {
      if (!started) {
        return;
      }
      responses.add(bytes, length);
      for (ByteBuffer message = responses.typed(); message != null; message = responses.typed()) {
        responded(message);
      }
    }

    private void requested(ByteBuffer message) {
      char type = (char) message.get();
      message.getInt();
      switch (type) {
        case 'P' -> texts.put(text(message), text(message));
        case 'B' -> portals.put(text(message), texts.getOrDefault(text(message), "?"));
        case 'E' -> ran(portals.getOrDefault(text(message), "?"));
        case 'Q' -> ran(text(message));
        default -> {
          // Describe, close, flush, sync and the password: no statement runs.
        }
      }
    }

    private void ran(String statement) {
      add(statements, statement, 1);
      running.add(statement);
    }

    private void responded(ByteBuffer message) {
      char type = (char) message.get();
      message.getInt();
      switch (type) {
        case 'C' -> completed(text(message));
        // A portal that has more rows is run again; an empty text runs nothing.
        case 's', 'I' -> running.poll();
        case 'Z' -> running.clear();
        default -> {
          // Rows, descriptions, notices and errors.
        }
      }
    }

    private void completed(String tag) {
      String statement = running.poll();
      boolean writes =
          tag.startsWith("INSERT") || tag.startsWith("UPDATE") || tag.startsWith("DEL");
      if (statement != null && writes) {
        add(rows, statement, Long.parseLong(tag.substring(tag.lastIndexOf(' ') + 1)));
      }
    }

    private static String text(ByteBuffer message) {
      int start = message.position();
      int end = start;
      while (message.get(end) != 0) {
        end++;
      }
      byte[] text = new byte[end - start];
      message.get(text).get();
      return new String(text, UTF_8);
    }
  }

  /// Takes a stream of bytes apart into messages.
  private static final class Messages {
    private byte[] held = new byte[64 << 10];
    private int length;

    void add(byte[] bytes, int count) {
      if (length + count > held.length) {
        held = Arrays.copyOf(held, Math.max(held.length * 2, length + count));
      }
      System.arraycopy(bytes, 0, held, length, count);
      length += count;
    }

    /// Whether a whole message without a type is there: the first of a connection.
    boolean holdsUntyped() {
      return length >= HEADER - 1 && length >= ByteBuffer.wrap(held).getInt(0);
    }

    /// The first message, which has no type: what follows its length.
    ByteBuffer untyped() {
      ByteBuffer message = take(ByteBuffer.wrap(held).getInt(0));
      return message.position(4).slice();
    }

    /// The next whole message, or null.
    @Nullable ByteBuffer typed() {
      if (length < HEADER) {
        return null;
      }
      int whole = 1 + ByteBuffer.wrap(held).getInt(1);
      return length < whole ? null : take(whole);
    }

    private ByteBuffer take(int count) {
      byte[] taken = Arrays.copyOf(held, count);
      System.arraycopy(held, count, held, 0, length - count);
      length -= count;
      return ByteBuffer.wrap(taken);
    }
  }
}
