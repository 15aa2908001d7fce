package dev.gatehouse.postgres.database;

/// What is between this program and PostgreSQL.
public enum Pooling {
  /// Nothing that matters here: a connection is a session of the server.
  DIRECT,
  /// A pooler such as PgBouncer that gives each connection a session of the server while it lasts.
  /// It takes no options when a connection starts.
  SESSION,
  /// A pooler that gives each transaction any session of the server: no prepared statements, no
  /// notifications, no settings of a session.
  TRANSACTION
}
