package dev.gatehouse.postgres.flow;

import dev.gatehouse.accounts.flow.Flow;
import dev.gatehouse.accounts.flow.FlowKind;
import dev.gatehouse.accounts.flow.SecretHash;
import dev.gatehouse.accounts.id.FlowId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.errors.Fault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// Translates between rows of `flows` and the model.
final class FlowRows {
  /// The columns that [#flow] reads.
  static final String COLUMNS = "id, kind, email, email_canonical, user_id, code_hmac, link_hash";

  private FlowRows() {}

  static Flow flow(ResultSet row) throws SQLException {
    return new Flow(
        new FlowId(row.getObject("id", UUID.class)),
        kind(row.getString("kind")),
        EmailAddress.stored(row.getString("email"), row.getString("email_canonical")),
        Optional.ofNullable(row.getObject("user_id", UUID.class)).map(UserId::new),
        Optional.ofNullable(row.getBytes("code_hmac")).map(SecretHash::new),
        new SecretHash(row.getBytes("link_hash")));
  }

  private static FlowKind kind(String stored) {
    return FlowKind.of(stored)
        .orElseThrow(() -> new Fault("flows.kind holds an unknown value: " + stored));
  }
}
