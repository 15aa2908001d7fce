package dev.gatehouse.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/// What to serve when a registry may have lost its memory. A registry that comes back after a
/// failure, an empty response or a step backwards gets to know the instances again one after the
/// other; to follow it at once would send all requests to the first. So those that were served and
/// that it does not name yet are kept, until it has named all of them or the grace is over.
///
/// Not thread-safe: one watch owns one.
final class StaleListRetention {
  private final Duration grace;
  private final LongSupplier nanoTime;
  private List<Instance> served = List.of();
  private List<Instance> remembered = List.of();
  private boolean recovering;
  private boolean graceRunning;
  private long graceEnds;

  StaleListRetention(Duration grace, LongSupplier nanoTime) {
    this.grace = grace;
    this.nanoTime = nanoTime;
  }

  /// The registry is away, or shows that it lost its memory.
  void lost() {
    recovering = true;
    graceRunning = false;
    remembered = served;
  }

  /// What to serve after the registry responded with this list.
  List<Instance> serve(List<Instance> received) {
    if (received.isEmpty()) {
      lost();
      return served;
    }
    if (recovering && !graceRunning) {
      graceRunning = true;
      graceEnds = nanoTime.getAsLong() + grace.toNanos();
    }
    List<Instance> missing = missingIn(received);
    if (!recovering || missing.isEmpty() || graceLeft().isZero()) {
      recovering = false;
      served = List.copyOf(received);
      return served;
    }
    List<Instance> all = new ArrayList<>(received);
    all.addAll(missing);
    served = List.copyOf(all);
    return served;
  }

  /// Whether instances may be served that the registry does not name.
  boolean recovering() {
    return recovering;
  }

  /// How long until the registry is followed again even if it names no one else.
  Duration graceLeft() {
    return graceRunning ? Duration.ofNanos(Math.max(0, graceEnds - nanoTime.getAsLong())) : grace;
  }

  private List<Instance> missingIn(List<Instance> received) {
    Set<String> named = new HashSet<>();
    received.forEach(instance -> named.add(instance.id()));
    return remembered.stream().filter(instance -> !named.contains(instance.id())).toList();
  }
}
