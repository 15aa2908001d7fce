package dev.gatehouse.discovery;

import java.net.URI;
import java.util.function.BiConsumer;

/// Receives the state of discovery, for metrics. Called on discovery's own threads; implementations
/// neither wait nor throw.
public interface DiscoveryListener {
  /// Ignores everything.
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

  /// The watch follows the registry (`true`), or the registry is down or lists no instance, and the
  /// last good list stays in use (`false`). Called when this changes.
  void following(String service, boolean following);

  /// The registry has registered an instance, or may have lost it.
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
    /// Ignores the call.
    Call NONE =
        new Call() {
          @Override
          public void responded(int status) {}

          @Override
          public void failed(Throwable failure) {}
        };

    /// The registry responded.
    void responded(int status);

    /// The call failed.
    void failed(Throwable failure);
  }
}
