package dev.gatehouse.postgres.database;

import java.sql.SQLException;

/// A server was refused because it lacks what was seen of the database. Counts as a server that is
/// away.
final class ServerBehind extends SQLException {
  private static final long serialVersionUID = 1L;

  /// The server rejected the connection: here it is the other way round.
  private static final String CONNECTION_REJECTED = "08004";

  ServerBehind(String reason) {
    super(reason, CONNECTION_REJECTED);
  }
}
