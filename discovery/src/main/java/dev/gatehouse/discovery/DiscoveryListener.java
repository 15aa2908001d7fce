package dev.gatehouse.discovery;

import java.net.URI;
import java.util.function.BiConsumer;

/// Told how discovery fares, for metrics. Called on discovery's own threads, must return at once
/// and not throw.
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

  /// The list of a service, after each response and each failure.
  ///
  /// @param confirmed how many of it the registry named last
  /// @param remembered how many are served from memory alone
  void serving(String service, int confirmed, int remembered);

  /// The watch follows the registry (`true`), or the registry is away or said no one is there, and
  /// the last good list serves on (`false`). Told when it changes.
  void following(String service, boolean following);

  /// The registry took an instance on, or is no longer known to have it.
  void registered(String instance, boolean registered);

  /// The registry is about to be called, on the thread that makes the call.
  ///
  /// @param method in capitals
  /// @param header takes a header that the call is to carry
  default Call calling(String method, URI url, BiConsumer<String, String> header) {
    return Call.NONE;
  }

  /// One call of the registry.
  interface Call {
    /// Follows nothing.
    Call NONE =
        new Call() {
          @Override
          public void responded(int status) {}

          @Override
          public void failed(Throwable failure) {}
        };

    /// There is a response.
    void responded(int status);

    /// It did not.
    void failed(Throwable failure);
  }
}
