package dev.gatehouse.api.health;

import dev.gatehouse.resilience.periodic.PeriodicTaskStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `/health` sends.
///
/// @param checks each background task by its name
record HealthBody(String status, Map<String, Task> checks) {
  private static final String UP = "up";
  private static final String DOWN = "down";

  static HealthBody of(List<PeriodicTaskStatus> tasks) {
    var checks = new TreeMap<String, Task>();
    tasks.forEach(task -> checks.put(task.name(), Task.of(task)));
    boolean alive = tasks.stream().allMatch(PeriodicTaskStatus::alive);
    return new HealthBody(alive ? UP : DOWN, checks);
  }

  boolean alive() {
    return status.equals(UP);
  }

  /// One background task.
  ///
  /// @param status `up`, `failing` when its last turn failed, `down` when its thread has died
  /// @param lastSuccessSeconds since its last success, or since its start
  record Task(String status, long lastSuccessSeconds) {
    static Task of(PeriodicTaskStatus task) {
      return new Task(word(task), task.sinceSuccess().toSeconds());
    }

    private static String word(PeriodicTaskStatus task) {
      if (!task.alive()) {
        return DOWN;
      }
      return task.failing() ? "failing" : UP;
    }
  }
}
