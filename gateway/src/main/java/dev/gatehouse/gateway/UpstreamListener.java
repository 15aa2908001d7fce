package dev.gatehouse.gateway;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.resilience.CallResult;
import java.util.Optional;

/// Learns how instances respond, for metrics and spans. Called on event loops: may not wait or
/// throw. Thread-safe.
@FunctionalInterface
public interface UpstreamListener {
  /// Takes no notice.
  UpstreamListener NONE = (_, _, _) -> AttemptListener.NONE;

  /// An attempt at an instance begins. Called within the request it is made for, see
  /// [dev.gatehouse.http.observation.RequestSpan#call].
  ///
  /// @param method of the request
  /// @param before how many attempts were made for the same request before
  AttemptListener began(Instance instance, String method, int before);

  /// This listener, and another that learns the same.
  default UpstreamListener and(UpstreamListener other) {
    return (instance, method, before) ->
        began(instance, method, before).and(other.began(instance, method, before));
  }

  /// Learns what becomes of one attempt. On one event loop alone.
  interface AttemptListener {
    /// Takes no notice.
    AttemptListener NONE = _ -> {};

    /// The header of this name that tells the instance where it is in the trace; empty where the
    /// attempt is not recorded, and the client's own header is.
    default Optional<String> traceparent() {
      return Optional.empty();
    }

    /// The head of a response is here.
    default void responded(int status) {}

    /// The attempt has ended. Called once.
    void ended(CallResult result);

    /// Both; costs nothing more where one of them takes no notice.
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
