package dev.gatehouse.discovery;

/// Consul did not respond, or not with what it should. Never leaves this package: those who watch
/// get the last good list, those who register are registered later.
final class ConsulUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  ConsulUnavailable(String what) {
    super(what);
  }

  ConsulUnavailable(String what, Throwable cause) {
    super(what + ": " + cause, cause);
  }

  /// What happened, for the log.
  String what() {
    return String.valueOf(getMessage());
  }
}
