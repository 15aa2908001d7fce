package dev.gatehouse.resilience.pool;

/// A task was refused by a [WorkerPool] and did not run. Carries no stack trace, since overload is
/// when it is thrown most.
public final class TaskRejected extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Rejection rejection;

  TaskRejected(Rejection rejection) {
    super(rejection.toString(), null, false, false);
    this.rejection = rejection;
  }

  /// Why, and when to try again.
  public Rejection rejection() {
    return rejection;
  }
}
