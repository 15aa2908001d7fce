package dev.gatehouse.gateway;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.resilience.CallResult;
import java.util.Optional;

/// Receives how instances respond, for metrics and spans. Called on event loops; implementations
/// neither wait nor throw. Thread-safe.
@FunctionalInterface
public interface UpstreamListener {
  /// Ignores everything.
  UpstreamListener NONE = (_, _, _) -> AttemptListener.NONE;

  /// An attempt at an instance begins. Called within the request it is made for, see
  /// [dev.gatehouse.http.observation.RequestSpan#call].
  ///
  /// @param method of the request
  /// @param before how many attempts were made for the same request before
  AttemptListener began(Instance instance, String method, int before);

  /// This listener, and another that receives the same events.
  default UpstreamListener and(UpstreamListener other) {
    return (instance, method, before) ->
        began(instance, method, before).and(other.began(instance, method, before));
  }

  /// Receives the events of one attempt, on one event loop.
  interface AttemptListener {
    /// Ignores everything.
    AttemptListener NONE = _ -> {};

    /// The value of `traceparent` for the instance; empty when the attempt is not recorded, and the
    /// value from the client is sent.
    default Optional<String> traceparent() {
      return Optional.empty();
    }

    /// The head of a response has arrived.
    default void responded(int status) {}

    /// The attempt has ended. Called once.
    void ended(CallResult result);

    /// Both; only one of them when the other ignores everything.
    private AttemptListener and(AttemptListener other) {
      if (equals(NONE)) {
        return other;
      }
      return other.equals(NONE) ? this : both(this, other);
    }

    private static AttemptListener both(AttemptListener one, AttemptListener other) {
      return new AttemptListener() {
        @Override
        public Optional<String> traceparent() {
          return one.traceparent().or(other::traceparent);
        }

        @Override
        public void responded(int status) {
          one.responded(status);
          other.responded(status);
        }

        @Override
        public void ended(CallResult result) {
          one.ended(result);
          other.ended(result);
        }
      };
    }
  }
}
