package dev.gatehouse.discovery;

/// Finds the instances of services. The other forms there could be, such as the DNS records of a
/// headless Kubernetes service, are further implementations of this.
public interface Discovery extends AutoCloseable {
  /// Begins to watch a service. Returns at once; the list is empty until something is known.
  InstanceWatch watch(String service);

  /// Ends all watches, within a second.
  @Override
  void close();
}
