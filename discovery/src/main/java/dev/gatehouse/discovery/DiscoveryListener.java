package dev.gatehouse.discovery;

/// Told how discovery fares, for metrics. Called on discovery's own threads, must return at once and not
/// throw.
public interface DiscoveryListener {
  /// Hears nothing.
  DiscoveryListener NONE =
      new DiscoveryListener() {
        @Override
        public void serving(String service, int confirmed, int remembered) {}

        @Override
        public void following(String service, boolean following) {}

        @Override
        public void registered(String instance, boolean registered) {}
      };

  /// The list of a service, after each answer and each failure.
  ///
  /// @param confirmed how many of it the registry named last
  /// @param remembered how many are served from memory alone
  void serving(String service, int confirmed, int remembered);

  /// The watch follows the registry (`true`), or the registry is away or said nobody is there, and the
  /// last good list serves on (`false`). Told when it changes.
  void following(String service, boolean following);

  /// The registry took an instance on, or is no longer known to have it.
  void registered(String instance, boolean registered);
}
