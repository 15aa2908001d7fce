package dev.gatehouse.testkit.net;

/// The current fault. Waiting threads are notified of every change.
final class FaultSwitch {
  private Fault current = new Fault.None();

  synchronized Fault get() {
    return current;
  }

  synchronized void set(Fault next) {
    current = next;
    notifyAll();
  }

  /// Waits until no fault blocks.
  synchronized Fault awaitMovement() throws InterruptedException {
    while (current instanceof Fault.Hang) {
      wait();
    }
    return current;
  }
}
