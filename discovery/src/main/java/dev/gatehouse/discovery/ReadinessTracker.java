package dev.gatehouse.discovery;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What instances said last. One that gives no response is given a second chance: a busy machine is
/// late now and then. Thread-safe.
final class ReadinessTracker {
  private static final Logger log = LoggerFactory.getLogger(ReadyInstances.class);
  private static final int MISSES = 2;

  /// @param misses probes in a row without a response
  private record Verdict(boolean ready, int misses) {}

  private final Map<Instance, Verdict> verdicts = new ConcurrentHashMap<>();

  void take(Instance instance, ProbeResult response) {
    Verdict before = verdicts.getOrDefault(instance, new Verdict(true, 0));
    Verdict now =
        switch (response) {
          case READY -> new Verdict(true, 0);
          case NOT_READY -> new Verdict(false, 0);
          case NONE -> new Verdict(before.ready && before.misses + 1 < MISSES, before.misses + 1);
        };
    verdicts.put(instance, now);
    if (before.ready && !now.ready) {
      log.warn(
          "{} is left out: {}",
          instance.id(),
          response == ProbeResult.NONE ? "silent" : "not ready");
    }
    if (!before.ready && now.ready) {
      log.info("{} is ready again", instance.id());
    }
  }

  void keepOnly(List<Instance> instances) {
    Set<Instance> kept = new HashSet<>(instances);
    verdicts.keySet().removeIf(instance -> !kept.contains(instance));
  }

  /// Those that are ready, or all when no one is.
  List<Instance> ready(List<Instance> instances) {
    List<Instance> ready = instances.stream().filter(this::isReady).toList();
    return ready.isEmpty() ? instances : ready;
  }

  /// Whether one of these has said that it is ready.
  boolean anyReady(List<Instance> instances) {
    return instances.stream()
        .anyMatch(instance -> verdicts.containsKey(instance) && isReady(instance));
  }

  private boolean isReady(Instance instance) {
    Verdict verdict = verdicts.get(instance);
    return verdict == null || verdict.ready;
  }
}
