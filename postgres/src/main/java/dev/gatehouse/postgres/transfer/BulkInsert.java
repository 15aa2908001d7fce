package dev.gatehouse.postgres.transfer;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.transfer.ImportBatch.Entry;
import dev.gatehouse.accounts.transfer.ImportBatch.Outcome;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.Profile.Field;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import dev.gatehouse.postgres.user.UserRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Adds many users by one statement, and finds out which of them others are in the way of.
final class BulkInsert {
  private BulkInsert() {}

  /// Rows are added in the order of addresses, so that two such statements never wait for each
  /// other in a circle.
  private static final Sql ADD =
      Sql.of(
          """
          INSERT INTO users (
            id, email, email_compared, email_verified, status, roles, password_hash, version,
            created_at, updated_at, %1$s)
          SELECT id, email, email_compared, email_verified, status, string_to_array(roles, ','),
            password_hash, 1, coalesce(created_at, now()), now(), %1$s
          FROM unnest(
            :id::uuid[], :email::text[], :email_compared::text[], :email_verified::boolean[],
            :status::text[], :roles::text[], :password_hash::text[],
            :created_at::timestamptz[], %2$s)
            WITH ORDINALITY AS given (
              id, email, email_compared, email_verified, status, roles, password_hash,
              created_at, %1$s, place)
          WHERE NOT EXISTS (
            SELECT FROM users AS other
            WHERE octet_length(other.email_compared) <> char_length(other.email_compared)
              AND email_folded(other.email_compared) COLLATE "C" = given.email_compared)
          ORDER BY email_compared COLLATE "C", place
          ON CONFLICT DO NOTHING
          RETURNING id, email_compared
          """
              .formatted(UserRows.profile("%s"), UserRows.profile(":%s::text[]")));

  /// Adds those that no one is in the way of.
  ///
  /// @return what became of each, in their order
  static List<Outcome> add(Statements statements, List<Entry> entries) throws SQLException {
    if (entries.isEmpty()) {
      return List.of();
    }
    var added = new HashSet<>(statements.query(adding(entries), Key::of));
    if (added.size() == entries.size()) {
      return entries.stream().map(_ -> Outcome.ADDED).toList();
    }
    Set<String> taken = taken(statements, entries);
    var outcomes = new ArrayList<Outcome>(entries.size());
    for (Entry entry : entries) {
      // Of two entries that are equal in both, the first is the one that was added.
      boolean own = added.remove(Key.of(entry));
      boolean emailTaken = taken.contains(entry.user().email().canonical());
      outcomes.add(own ? Outcome.ADDED : emailTaken ? Outcome.EMAIL_TAKEN : Outcome.ID_TAKEN);
    }
    return outcomes;
  }

  private static final Sql TAKEN =
      Sql.of(
          """
          SELECT email_folded(email_compared) AS address
          FROM users
          WHERE email_compared = ANY (:addresses::text[])
            OR (octet_length(email_compared) <> char_length(email_compared)
              AND email_folded(email_compared) COLLATE "C" = ANY (:addresses::text[]))
          """);

  private static Set<String> taken(Statements statements, List<Entry> entries) throws SQLException {
    var call = TAKEN.with("addresses", column(entries, user -> user.email().canonical()));
    return Set.copyOf(statements.query(call, row -> row.getString("address")));
  }

  private static Sql.Call adding(List<Entry> entries) {
    Sql.Call call =
        ADD.with("id", column(entries, user -> user.id().toString()))
            .and("email", column(entries, user -> user.email().value()))
            .and("email_compared", column(entries, user -> user.email().canonical()))
            .and("email_verified", column(entries, user -> Boolean.toString(user.emailVerified())))
            .and("status", column(entries, user -> UserRows.status(user.status())))
            .and("roles", column(entries, user -> String.join(",", UserRows.roles(user.roles()))))
            .and(
                "password_hash",
                entries.stream().map(entry -> entry.hash().encoded()).toArray(String[]::new))
            .and("created_at", texts(entries, user -> user.createdAt().map(Instant::toString)));
    for (Field field : Field.values()) {
      call = call.and(field.label(), texts(entries, user -> user.profile().text(field)));
    }
    return call;
  }

  private static String[] column(List<Entry> entries, Function<NewUser, String> value) {
    return entries.stream().map(entry -> value.apply(entry.user())).toArray(String[]::new);
  }

  private static @Nullable String[] texts(
      List<Entry> entries, Function<NewUser, Optional<String>> value) {
    var texts = new @Nullable String[entries.size()];
    for (int place = 0; place < texts.length; place++) {
      texts[place] = value.apply(entries.get(place).user()).orElse(null);
    }
    return texts;
  }

  /// What a row that was added is known by.
  private record Key(UserId id, String address) {
    static Key of(Entry entry) {
      return new Key(entry.user().id(), entry.user().email().canonical());
    }

    static Key of(ResultSet row) throws SQLException {
      return new Key(new UserId(row.getObject("id", UUID.class)), row.getString("email_compared"));
    }
  }
}
