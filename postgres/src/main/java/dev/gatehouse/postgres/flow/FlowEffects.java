package dev.gatehouse.postgres.flow;

import dev.gatehouse.accounts.flow.CompletedFlow;
import dev.gatehouse.accounts.flow.Flow;
import dev.gatehouse.accounts.flow.FlowEffect;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import dev.gatehouse.postgres.revocation.SessionDeletion;
import dev.gatehouse.postgres.user.AddressLookup;
import dev.gatehouse.postgres.user.UserRows;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What completed flows do to an account, within the transaction that uses the flow. The row of the
/// user is locked before any flow, so that two flows of one account do not wait for each other in a
/// circle.
final class FlowEffects {
  private static final Sql HOLD_BY_ID =
      Sql.of(
          UserRows.SELECT_USER
              + """
          WHERE id = :id
          FOR UPDATE
          """);

  private static final Sql HOLD_BY_ADDRESS =
      Sql.of(
          UserRows.SELECT_USER
              + "WHERE "
              + AddressLookup.CONDITION
              + AddressLookup.PREFERRED
              + "FOR UPDATE");

  private static final Sql VERIFY =
      Sql.of(
          """
          UPDATE users
          SET email_verified = true, version = version + 1, updated_at = now()
          WHERE id = :id
          """
              + UserRows.RETURNING_USER);

  private static final Sql RESET =
      Sql.of(
          """
          UPDATE users
          SET email_verified = true, password_hash = :next, version = version + 1,
            updated_at = now()
          WHERE id = :id
          """
              + UserRows.RETURNING_USER);

  private static final String MOVE =
      """
      UPDATE users
      SET email = :email,
        email_compared = CASE WHEN email = :email THEN email_compared ELSE :email_compared END,
        email_verified = true, version = version + 1, updated_at = now()
      """;

  private static final Sql CHANGE_EMAIL =
      Sql.of(MOVE + "WHERE id = :id\n" + UserRows.RETURNING_USER);

  private static final Sql UNDO =
      Sql.of(MOVE + ", password_hash = :next WHERE id = :id\n" + UserRows.RETURNING_USER);

  /// The flow that is being used is not among them: it has its time.
  private static final Sql VOID_OTHERS =
      Sql.of(
          """
          UPDATE flows
          SET used_at = now()
          WHERE used_at IS NULL AND (email_canonical = :address OR user_id = :user)
            AND kind <> 'undo_email_change'
          """);

  /// All flows of this kind are valid for the same time, so the later one expires later.
  private static final Sql VOID_LATER_UNDOS =
      Sql.of(
          """
          UPDATE flows
          SET used_at = now()
          WHERE user_id = :user AND kind = 'undo_email_change' AND used_at IS NULL
            AND expires_at >= (SELECT expires_at FROM flows WHERE id = :id)
          """);

  private FlowEffects() {}

  /// The active account of the flow, locked.
  static Optional<User> hold(Statements statements, Flow flow, FlowEffect effect)
      throws SQLException {
    var call =
        flow.user().isPresent()
            ? HOLD_BY_ID.with("id", flow.user().get().value())
            : AddressLookup.of(HOLD_BY_ADDRESS, flow.email());
    return statements
        .first(call, UserRows::user)
        .filter(User::active)
        .filter(user -> !effect.keepsAddress() || isAt(flow.email(), user));
  }

  private static boolean isAt(EmailAddress email, User user) {
    return user.email().canonical().equals(email.canonical());
  }

  static CompletedFlow apply(Statements statements, Flow flow, UserId user, FlowEffect effect)
      throws SQLException {
    return switch (effect) {
      case FlowEffect.VerifyEmail _ ->
          new CompletedFlow(changed(statements, VERIFY.call(), user), List.of());
      case FlowEffect.ChangeEmail _ ->
          new CompletedFlow(changed(statements, moved(CHANGE_EMAIL, flow), user), List.of());
      case FlowEffect.ResetPassword reset ->
          recovered(statements, flow, RESET.with("next", reset.next().encoded()), user);
      case FlowEffect.UndoEmailChange undo ->
          undone(statements, flow, moved(UNDO, flow).and("next", undo.next().encoded()), user);
    };
  }

  private static Sql.Call moved(Sql statement, Flow flow) {
    return statement
        .with("email", flow.email().value())
        .and("email_compared", flow.email().canonical());
  }

  private static CompletedFlow undone(
      Statements statements, Flow flow, Sql.Call change, UserId user) throws SQLException {
    statements.update(VOID_LATER_UNDOS.with("user", user.value()).and("id", flow.id().value()));
    return recovered(statements, flow, change, user);
  }

  /// Leaves nothing open that someone else may have opened.
  private static CompletedFlow recovered(
      Statements statements, Flow flow, Sql.Call change, UserId user) throws SQLException {
    User changed = changed(statements, change, user);
    List<SessionId> ended = SessionDeletion.all(statements, user);
    statements.update(
        VOID_OTHERS.with("address", flow.email().canonical()).and("user", user.value()));
    return new CompletedFlow(changed, ended);
  }

  private static User changed(Statements statements, Sql.Call change, UserId user)
      throws SQLException {
    return statements.first(change.and("id", user.value()), UserRows::user).orElseThrow();
  }
}
