package dev.gatehouse.resilience.balancing;

import java.time.Duration;

/// Is notified of what a balancer does with its instances, for metrics and logs. Called one at a
/// time, in the order of events, while the balancer's changes (not its picks) wait; must return at
/// once and not throw.
public interface BalancerListener {
  /// Ignores all events.
  BalancerListener NONE =
      new BalancerListener() {
        @Override
        public void ejected(String instance, EjectionReason reason, Duration length) {}

        @Override
        public void returned(String instance) {}

        @Override
        public void panicked(boolean panicking) {}
      };

  /// An instance was taken out for a time.
  void ejected(String instance, EjectionReason reason, Duration length);

  /// An instance is back in, with a small share at first.
  void returned(String instance);

  /// All instances are out, so all are served from (`true`), or no longer so (`false`).
  void panicked(boolean panicking);
}
