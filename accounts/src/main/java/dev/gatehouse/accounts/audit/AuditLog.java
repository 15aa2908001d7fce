package dev.gatehouse.accounts.audit;

/// Keeps a record of security events. Recording neither waits nor fails: what cannot be kept is
/// counted and said in the service's own log. Thread-safe.
@FunctionalInterface
public interface AuditLog {
  /// Keeps nothing.
  AuditLog NONE = event -> {};

  /// Takes note of an event that has happened.
  void record(AuditEvent event);

  /// This log, and another that gets to know the same.
  default AuditLog and(AuditLog other) {
    return event -> {
      record(event);
      other.record(event);
    };
  }
}
