package dev.gatehouse.app.system.cluster;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the gateway's log, at level debug, says of its attempts at one instance.
///
/// @param instance its address
record Attempts(Node gateway, String instance) {
  private static final Pattern TIME = Pattern.compile("\"timestamp\":\"([^\"]+)\"");
  private static final Duration GLANCE = Duration.ofMillis(50);

  /// When the last attempt was begun in vain between two moments.
  Optional<Instant> lastInVain(Instant from, Instant to) throws IOException {
    return ended(false).stream()
        .filter(at -> at.isAfter(from) && at.isBefore(to))
        .reduce((_, later) -> later);
  }

  /// When the first attempt after a moment succeeded; waits for it.
  Instant firstSuccess(Instant after, Duration patience) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(patience);
    while (true) {
      Optional<Instant> first = ended(true).stream().filter(at -> at.isAfter(after)).findFirst();
      if (first.isPresent()) {
        return first.get();
      }
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(instance + " gets no requests");
      }
      Thread.sleep(GLANCE);
    }
  }

  private List<Instant> ended(boolean well) throws IOException {
    return gateway.logged().stream()
        .filter(line -> line.contains("\"instance\":\"" + instance + "\""))
        .filter(line -> line.contains("\"outcome\":\"ANSWERED\"") == well)
        .map(TIME::matcher)
        .filter(Matcher::find)
        .map(found -> Instant.parse(found.group(1)))
        .toList();
  }
}
