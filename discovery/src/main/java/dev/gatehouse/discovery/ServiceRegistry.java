package dev.gatehouse.discovery;

/// Makes instances known to those who watch their service.
public interface ServiceRegistry {
  /// Makes an instance known and keeps it so until deregistered, also when the registry is away now
  /// or forgets it later. Returns at once.
  Registration register(ServiceRegistration announcement);
}
