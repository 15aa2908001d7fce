package dev.gatehouse.postgres.flow;

import dev.gatehouse.accounts.flow.CodeTry;
import dev.gatehouse.accounts.flow.CompletedFlow;
import dev.gatehouse.accounts.flow.Flow;
import dev.gatehouse.accounts.flow.FlowEffect;
import dev.gatehouse.accounts.flow.Flows;
import dev.gatehouse.accounts.flow.NewFlow;
import dev.gatehouse.accounts.flow.SecretHash;
import dev.gatehouse.accounts.id.FlowId;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.postgres.cleanup.Cleanup;
import dev.gatehouse.postgres.cleanup.ExpiredRows;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/// The store of flows on PostgreSQL. A conditional update decides between parallel uses.
public final class PostgresFlows implements Flows {
  /// Deletes a flow a day after it has expired.
  public static final Cleanup CLEANUP =
      ExpiredRows.olderThan(Duration.ofDays(1), "flows", "expires_at");

  /// Forgets the wrong codes of an address 30 days after the first of them. Blocked codes then
  /// allow 20 more guesses among 100 million codes.
  public static final Cleanup FAILURES_CLEANUP =
      ExpiredRows.olderThan(Duration.ofDays(30), "code_failures", "counted_since");

  private final Database database;

  public PostgresFlows(Database database) {
    this.database = database;
  }

  private static final Sql BEGIN =
      Sql.of(
          """
          INSERT INTO flows (
            id, kind, email, email_canonical, user_id, code_hmac, link_hash,
            code_expires_at, expires_at)
          VALUES (
            :id, :kind, :email, :email_canonical, CAST(:user_id AS uuid),
            decode(:code_hmac, 'hex'), :link_hash,
            now() + :code_ms * interval '1 millisecond',
            now() + :link_ms * interval '1 millisecond')
          """);

  @Override
  public void begin(NewFlow flow) {
    var call =
        BEGIN
            .with("id", flow.id().value())
            .and("kind", flow.kind().label())
            .and("email", flow.email().value())
            .and("email_canonical", flow.email().canonical())
            .and("user_id", flow.user().map(user -> user.value().toString()))
            .and("code_hmac", flow.code().map(PostgresFlows::hex))
            .and("link_hash", flow.link().bytes())
            .and("code_ms", flow.kind().codeValidity().toMillis())
            .and("link_ms", flow.kind().linkValidity().toMillis());
    database.write(statements -> statements.update(call));
  }

  private static String hex(SecretHash hash) {
    return HexFormat.of().formatHex(hash.bytes());
  }

  private static final Sql FIND =
      Sql.of(
          """
          SELECT %s
          FROM flows
          WHERE id = :id AND used_at IS NULL AND expires_at > now()
          """
              .formatted(FlowRows.COLUMNS));

  @Override
  public Optional<Flow> find(FlowId id) {
    return database.read(statements -> found(statements, id));
  }

  private static Optional<Flow> found(Statements statements, FlowId id) throws SQLException {
    return statements.first(FIND.with("id", id.value()), FlowRows::flow);
  }

  private static final Sql SPEND =
      Sql.of(
          """
          UPDATE flows
          SET tries = tries + 1
          WHERE id = :id AND used_at IS NULL AND code_expires_at > now() AND tries < %d
          RETURNING %s, tries
          """
              .formatted(TRIES, FlowRows.COLUMNS));

  private static final Sql HAS_A_CODE =
      Sql.of("SELECT 1 FROM flows WHERE id = :id AND used_at IS NULL AND code_expires_at > now()");

  private record Spent(Flow flow, int triesLeft) {}

  @Override
  public CodeTry spendTry(FlowId id) {
    return database.transaction(
        statements -> {
          var spend = SPEND.with("id", id.value());
          Optional<Spent> spent =
              statements.first(
                  spend, row -> new Spent(FlowRows.flow(row), TRIES - row.getInt("tries")));
          if (spent.isPresent()) {
            return counted(statements, spent.get());
          }
          var hasACode = HAS_A_CODE.with("id", id.value());
          return statements.first(hasACode, row -> true).isPresent()
              ? new CodeTry.Exhausted()
              : new CodeTry.Gone();
        });
  }

  private static CodeTry counted(Statements statements, Spent spent) throws SQLException {
    return CodeFailures.count(statements, spent.flow().email())
        ? new CodeTry.Counted(spent.flow(), spent.triesLeft())
        : new CodeTry.Blocked(spent.triesLeft());
  }

  private static final Sql GIVE_BACK =
      Sql.of(
          """
          UPDATE flows
          SET tries = tries - 1
          WHERE id = :id AND used_at IS NULL AND expires_at > now() AND tries > 0
          RETURNING %s
          """
              .formatted(FlowRows.COLUMNS));

  @Override
  public void giveBack(FlowId id) {
    database.transaction(
        statements -> {
          var call = GIVE_BACK.with("id", id.value());
          Optional<Flow> flow = statements.first(call, FlowRows::flow);
          if (flow.isPresent()) {
            CodeFailures.giveBack(statements, flow.get().email());
          }
          return flow;
        });
  }

  private static final Sql USE =
      Sql.of(
          """
          UPDATE flows
          SET used_at = now()
          WHERE id = :id AND used_at IS NULL AND expires_at > now()
          """);

  @Override
  public Optional<CompletedFlow> complete(FlowId id, FlowEffect effect) {
    return database.transaction(
        statements -> {
          Optional<Flow> flow = found(statements, id);
          Optional<User> user =
              flow.isPresent()
                  ? FlowEffects.hold(statements, flow.get(), effect)
                  : Optional.empty();
          if (user.isEmpty() || statements.update(USE.with("id", id.value())) == 0) {
            return Optional.empty();
          }
          var completed =
              FlowEffects.apply(statements, flow.orElseThrow(), user.get().id(), effect);
          CodeFailures.forget(statements, flow.orElseThrow().email());
          return Optional.of(completed);
        });
  }
}
