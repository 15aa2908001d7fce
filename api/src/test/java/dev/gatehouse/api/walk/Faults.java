package dev.gatehouse.api.walk;

import java.util.function.Supplier;

/// Breaks what the service depends on, so that its responses to that can be seen.
public interface Faults {
  /// Nothing can be broken here; outcomes that need it are left out.
  Faults NONE =
      new Faults() {
        @Override
        public boolean possible() {
          return false;
        }

        @Override
        public <T> T during(Kind kind, Supplier<T> call) {
          return call.get();
        }
      };

  /// What is wrong.
  enum Kind {
    BUG,
    LIMIT_REACHED,
    OVERLOAD,
    DEPENDENCY_AWAY,
    DEPENDENCY_HANGING,
    HASHER_HANGING,
    NOT_READY,
    REGISTRATION_CLOSED
  }

  default boolean possible() {
    return true;
  }

  /// Makes a call while something is wrong.
  <T> T during(Kind kind, Supplier<T> call);
}
