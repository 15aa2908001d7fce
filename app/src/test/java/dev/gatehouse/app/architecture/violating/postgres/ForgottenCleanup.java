package dev.gatehouse.app.architecture.violating.postgres;

import dev.gatehouse.app.architecture.violating.postgres.cleanup.Cleanup;

/// A cleanup that no part declares.
final class ForgottenCleanup {
  static final Cleanup CLEANUP = () -> 0;

  private ForgottenCleanup() {}
}
