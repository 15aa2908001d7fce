package dev.gatehouse.gateway;

/// Learns how instances answer, for metrics. Called on event loops: may not wait or throw. Thread-safe.
public interface UpstreamListener {
  /// Takes no notice.
  UpstreamListener NONE =
      new UpstreamListener() {
        @Override
        public void began(String instance) {}

        @Override
        public void ended(String instance, Outcome outcome) {}
      };

  /// An attempt at an instance begins; [#ended] follows.
  void began(String instance);

  /// An attempt at an instance has ended.
  void ended(String instance, Outcome outcome);
}
