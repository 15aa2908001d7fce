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
  private static final Pattern INSTANCE = Pattern.compile("\"instance\":\"([^\"]+)\"");
  private static final String WELL = "\"result\":\"SUCCESS\"";

  /// So many responses of others in a row do not come about while it has its turn.
  private static final int LET_GO = 20;

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

  /// Waits until others have responded for a while and it was not tried: counted in requests, since
  /// a busy machine takes its time.
  void awaitLetGo(Instant after, Duration patience) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(patience);
    while (othersInARow(after) < LET_GO) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(instance + " is tried for longer than " + patience);
      }
      Thread.sleep(GLANCE);
    }
  }

  private int othersInARow(Instant after) throws IOException {
    int others = 0;
    for (String line : gateway.logged()) {
      if (found(TIME, line).filter(at -> Instant.parse(at).isAfter(after)).isEmpty()) {
        continue;
      }
      Optional<String> tried = found(INSTANCE, line);
      if (tried.filter(instance::equals).isPresent()) {
        others = 0;
      } else if (tried.isPresent() && line.contains(WELL)) {
        others++;
      }
    }
    return others;
  }

  private List<Instant> ended(boolean well) throws IOException {
    return gateway.logged().stream()
        .filter(line -> line.contains("\"result\":"))
        .filter(line -> found(INSTANCE, line).filter(instance::equals).isPresent())
        .filter(line -> line.contains(WELL) == well)
        .flatMap(line -> found(TIME, line).stream())
        .map(Instant::parse)
        .toList();
  }

  private static Optional<String> found(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
