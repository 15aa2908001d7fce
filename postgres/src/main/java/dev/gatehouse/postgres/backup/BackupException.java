package dev.gatehouse.postgres.backup;

/// A backup or a restore cannot be done. The message is one clear line for the operator.
public final class BackupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BackupException(String message) {
    super(message);
  }

  BackupException(String message, Throwable cause) {
    super(message, cause);
  }
}
