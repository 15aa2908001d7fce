package dev.gatehouse.postgres.user;

import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.postgres.database.Sql;

/// Finds the row of an address, whichever release stored it. A release before schema version 15 put
/// local parts in lower case without folding them; such rows stay as they are, and are found by an
/// index over their folded form. Of two accounts whose addresses differ by folding alone, made
/// before folding was known, each is found by the spelling it was made with.
public final class AddressLookup {
  /// Holds for the row or rows of an address. An index serves each of the two conditions.
  public static final String CONDITION =
      """
      (email_compared = ANY (ARRAY[:folded, :unfolded])
        OR (octet_length(email_compared) <> char_length(email_compared)
          AND email_folded(email_compared) COLLATE "C" = :folded))
      """;

  /// The row that was stored under the spelling asked for comes first, then the one in the folded
  /// form, then the oldest.
  public static final String PREFERRED =
      """
      ORDER BY email_compared = :unfolded DESC, email_compared = :folded DESC, id
      LIMIT 1
      """;

  private AddressLookup() {}

  /// A call of a statement with the condition above.
  public static Sql.Call of(Sql statement, EmailAddress email) {
    return statement.with("folded", email.canonical()).and("unfolded", email.unfolded());
  }
}
