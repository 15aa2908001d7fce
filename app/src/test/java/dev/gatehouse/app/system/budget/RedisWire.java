package dev.gatehouse.app.system.budget;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts the commands that Redis' clients send, by reading its protocol (RESP), except those that
/// share the position of the database once a second. Thread-safe.
final class RedisWire {
  private static final String IN_THE_BACKGROUND = "gatehouse:database-position:";

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
    private int word;
    private String name = "";

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
        word = 0;
        return;
      }
      // With the end of the line.
      bytesLeft = Integer.parseInt(head.substring(1)) + 2;
    }

    private void word(char next) {
      if (word < 2) {
        line.append(next);
      }
      bytesLeft--;
      if (bytesLeft > 0) {
        return;
      }
      String text = line.toString().strip();
      line.setLength(0);
      if (word == 0) {
        name = text.toUpperCase(Locale.ROOT);
        count(1);
      } else if (word == 1 && text.startsWith(IN_THE_BACKGROUND)) {
        count(-1);
      }
      word++;
    }

    private void count(int change) {
      commands.computeIfAbsent(name, _ -> new LongAdder()).add(change);
    }
  }
}
