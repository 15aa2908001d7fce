package dev.gatehouse.app.lifecycle;

import java.util.Optional;

/// Closes one thing and keeps what went wrong; read after its thread has ended.
final class Closing implements Runnable {
  private final AutoCloseable closeable;
  private Optional<Throwable> failure = Optional.empty();

  Closing(AutoCloseable closeable) {
    this.closeable = closeable;
  }

  @Override
  public void run() {
    try {
      closeable.close();
    } catch (Throwable thrown) {
      failure = Optional.of(thrown);
    }
  }

  Optional<Throwable> failure() {
    return failure;
  }
}
