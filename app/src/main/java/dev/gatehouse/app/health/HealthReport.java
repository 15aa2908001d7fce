package dev.gatehouse.app.health;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The answer to a probe. Immutable.
///
/// @param passes whether it is answered with 200, otherwise with 503
/// @param checks what was looked at, by name: `ok`, or in a word what is wrong
public record HealthReport(boolean passes, Map<String, String> checks) {
  static final String OK = "ok";
  static final String UNAVAILABLE = "unavailable";

  /// Alive: the process answers. Touches nothing.
  public static final HealthReport ALIVE = new HealthReport(true, Map.of());

  /// Copies the checks, in the order of their names.
  public HealthReport {
    checks = Collections.unmodifiableMap(new TreeMap<>(checks));
  }

  static HealthReport of(String check, String word) {
    return new HealthReport(false, Map.of(check, word));
  }

  /// `ok` or `unavailable`.
  public String status() {
    return passes ? OK : UNAVAILABLE;
  }
}
