package dev.gatehouse.app.system.budget;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts the commands that Redis' clients send, by reading its protocol (RESP). Thread-safe.
final class RedisWire {
  private final Map<String, LongAdder> commands = new ConcurrentHashMap<>();

  /// Begins to follow a connection.
  WireProxy.Conversation conversation() {
    return new Connection();
  }

  /// How often each command has been sent so far.
  Map<String, Long> commands() {
    var sums = new TreeMap<String, Long>();
    commands.forEach((name, count) -> sums.put(name, count.sum()));
    return sums;
  }

  /// A command is an array of strings, each with its length in front: `*2 $3 GET $1 a`.
  private final class Connection implements WireProxy.Conversation {
    private final StringBuilder line = new StringBuilder();
    private int bytesLeft;
    private boolean first;

    @Override
    public void request(byte[] bytes, int length) {
      for (int at = 0; at < length; at++) {
        char next = (char) (bytes[at] & 0xFF);
        if (bytesLeft > 0) {
          word(next);
        } else if (next == '\n') {
          headed(line.toString().strip());
          line.setLength(0);
        } else {
          line.append(next);
        }
      }
    }

    @Override
    public void response(byte[] bytes, int length) {
      // Replies are not counted.
    }

    private void headed(String head) {
      if (head.charAt(0) == '*') {
        first = true;
        return;
      }
      // With the end of the line.
      bytesLeft = Integer.parseInt(head.substring(1)) + 2;
    }

    private void word(char next) {
      if (first) {
        line.append(next);
      }
      bytesLeft--;
      if (bytesLeft > 0) {
        return;
      }
      if (first) {
        String name = line.toString().strip().toUpperCase(Locale.ROOT);
        commands.computeIfAbsent(name, _ -> new LongAdder()).increment();
        line.setLength(0);
        first = false;
      }
    }
  }
}
