package dev.gatehouse.app.architecture.violating.postgres.cleanup;

/// Deletes rows.
public interface Cleanup {
  int sweep();
}
