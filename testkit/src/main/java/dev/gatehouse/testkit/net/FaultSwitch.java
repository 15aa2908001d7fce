package dev.gatehouse.testkit.net;

/// Which fault is on. Anyone who waits for a fault to end learns of every change.
final class FaultSwitch {
  private Fault current = new Fault.None();

  synchronized Fault get() {
    return current;
  }

  synchronized void set(Fault next) {
    current = next;
    notifyAll();
  }

  /// Returns once nothing hangs.
  synchronized Fault awaitMovement() throws InterruptedException {
    while (current instanceof Fault.Hang) {
      wait();
    }
    return current;
  }
}
