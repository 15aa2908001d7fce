package dev.gatehouse.postgres.flow;

import dev.gatehouse.accounts.flow.Flows;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import dev.gatehouse.postgres.user.AddressLookup;
import java.sql.SQLException;

/// Counts the wrong codes in a row of each address, within a transaction. Whether a sign-in has
/// ended a block is found out when the block is met, so that a sign-in costs no statement more.
final class CodeFailures {
  private static final Sql COUNT =
      Sql.of(
          """
          INSERT INTO code_failures AS known (email_canonical, failures, failed_at, counted_since)
          VALUES (:address, 1, now(), now())
          ON CONFLICT (email_canonical) DO UPDATE
          SET failures = known.failures + 1, failed_at = now()
          WHERE known.failures < %d
          """
              .formatted(Flows.FAILURES));

  private static final Sql UNBLOCK =
      Sql.of(
          """
          DELETE FROM code_failures
          WHERE email_canonical = :folded AND failures >= %d
            AND failed_at < (
              SELECT max(created_at)
              FROM sessions
              WHERE user_id = ANY (ARRAY(SELECT id FROM users WHERE %s)))
          """
              .formatted(Flows.FAILURES, AddressLookup.CONDITION));

  private static final Sql GIVE_BACK =
      Sql.of(
          """
          UPDATE code_failures
          SET failures = failures - 1
          WHERE email_canonical = :address AND failures > 0
          """);

  private static final Sql FORGET =
      Sql.of("DELETE FROM code_failures WHERE email_canonical = :address");

  private CodeFailures() {}

  /// Counts one that may turn out to be right.
  ///
  /// @return whether it was counted; false when codes of the address do not work
  static boolean count(Statements statements, EmailAddress email) throws SQLException {
    var count = COUNT.with("address", email.canonical());
    if (statements.update(count) == 1) {
      return true;
    }
    boolean unblocked = statements.update(AddressLookup.of(UNBLOCK, email)) == 1;
    return unblocked && statements.update(count) == 1;
  }

  static void giveBack(Statements statements, EmailAddress email) throws SQLException {
    statements.update(GIVE_BACK.with("address", email.canonical()));
  }

  static void forget(Statements statements, EmailAddress email) throws SQLException {
    statements.update(FORGET.with("address", email.canonical()));
  }
}
