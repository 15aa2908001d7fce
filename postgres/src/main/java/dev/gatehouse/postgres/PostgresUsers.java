package dev.gatehouse.postgres;

import dev.gatehouse.accounts.error.Refusal;
import dev.gatehouse.accounts.model.Credentials;
import dev.gatehouse.accounts.model.DisplayName;
import dev.gatehouse.accounts.model.EmailAddress;
import dev.gatehouse.accounts.model.PasswordHash;
import dev.gatehouse.accounts.model.SessionId;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.accounts.model.UserId;
import dev.gatehouse.accounts.model.UserQuery;
import dev.gatehouse.accounts.model.Users;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The store of users on PostgreSQL. One round trip for each call, except where sessions end with it.
public final class PostgresUsers implements Users {
  private final Database database;
  private final Optional<Replica> replica;

  public PostgresUsers(Database database) {
    this(database, Optional.empty());
  }

  /// @param replica answers searches, and nothing else: whoever reads one user may just have changed it
  public PostgresUsers(Database database, Optional<Replica> replica) {
    this.database = database;
    this.replica = replica;
  }

  private static final Sql ADD =
      Sql.of(
          """
          INSERT INTO users (
            id, email, email_compared, display_name, email_verified, status, roles, password_hash,
            version, created_at, updated_at)
          VALUES (
            :id, :email, :email_compared, :display_name, :email_verified, :status, :roles,
            :password_hash, :version, :created_at, :updated_at)
          """);

  @Override
  public void add(User user, PasswordHash hash) {
    database.write(statements -> statements.update(adding(user, hash)));
  }

  static Sql.Call adding(User user, PasswordHash hash) {
    return values(ADD, user)
        .and("password_hash", hash.encoded())
        .and("version", user.version())
        .and("created_at", user.createdAt());
  }

  private static final Sql IS_TAKEN =
      Sql.of("SELECT 1 FROM users WHERE email_compared = :email_compared");

  @Override
  public boolean isTaken(EmailAddress email) {
    var call = IS_TAKEN.with("email_compared", email.compared());
    return database.read(statements -> statements.first(call, row -> true)).isPresent();
  }

  private static final Sql FIND =
      Sql.of(
          """
          SELECT id, email, email_compared, display_name, email_verified, status, roles, version,
            created_at, updated_at
          FROM users
          WHERE id = :id
          """);

  @Override
  public Optional<User> find(UserId id) {
    var call = FIND.with("id", id.value());
    return database.read(statements -> statements.first(call, UserRows::user));
  }

  private static final Sql FIND_CREDENTIALS_BY_ID =
      Sql.of(
          """
          SELECT id, email, email_compared, display_name, email_verified, status, roles, version,
            created_at, updated_at, password_hash
          FROM users
          WHERE id = :id
          """);

  @Override
  public Optional<Credentials> findCredentials(UserId id) {
    var call = FIND_CREDENTIALS_BY_ID.with("id", id.value());
    return database.read(statements -> statements.first(call, UserRows::credentials));
  }

  private static final Sql FIND_CREDENTIALS_BY_EMAIL =
      Sql.of(
          """
          SELECT id, email, email_compared, display_name, email_verified, status, roles, version,
            created_at, updated_at, password_hash
          FROM users
          WHERE email_compared = :email_compared
          """);

  @Override
  public Optional<Credentials> findCredentials(EmailAddress email) {
    var call = FIND_CREDENTIALS_BY_EMAIL.with("email_compared", email.compared());
    return database.read(statements -> statements.first(call, UserRows::credentials));
  }

  @Override
  public List<User> search(UserQuery query) {
    Database.Work<List<User>> page = statements -> UserPages.read(statements, query);
    return replica.map(standby -> standby.read(page)).orElseGet(() -> database.read(page));
  }

  private static final Sql UPDATE =
      Sql.of(
          """
          UPDATE users
          SET email = :email, email_compared = :email_compared, display_name = :display_name,
            email_verified = :email_verified, status = :status, roles = :roles,
            version = :version, updated_at = :updated_at
          WHERE id = :id AND version = :stored_version
          """);

  @Override
  public List<SessionId> update(User changed) {
    if (!changed.active()) {
      return updateAndEndSessions(changed);
    }
    return database.write(
        statements -> {
          update(statements, changed);
          return List.of();
        });
  }

  @Override
  public List<SessionId> updateAndEndSessions(User changed) {
    return database.transaction(
        statements -> {
          update(statements, changed);
          return EndedSessions.all(statements, changed.id());
        });
  }

  private static void update(Statements statements, User changed) throws SQLException {
    var call =
        values(UPDATE, changed)
            .and("version", changed.version())
            .and("stored_version", changed.version() - 1);
    if (statements.update(call) == 0) {
      throw missed(statements, changed.id());
    }
  }

  private static final Sql CHANGE_PASSWORD =
      Sql.of(
          """
          UPDATE users
          SET password_hash = :next
          WHERE id = :id AND password_hash = :current
          """);

  @Override
  public List<SessionId> changePassword(
      UserId id, PasswordHash current, PasswordHash next, Optional<SessionId> kept, Instant at) {
    return database.transaction(
        statements -> {
          if (!replaced(statements, id, current, next)) {
            throw missed(statements, id);
          }
          return EndedSessions.allBut(statements, id, kept);
        });
  }

  @Override
  public boolean rehash(UserId id, PasswordHash current, PasswordHash next) {
    return database.write(statements -> replaced(statements, id, current, next));
  }

  private static final Sql LOCK = Sql.of("SELECT 1 FROM users WHERE id = :id FOR UPDATE");

  private static final Sql REMOVE = Sql.of("DELETE FROM users WHERE id = :id");

  @Override
  public List<SessionId> remove(UserId id, Instant at) {
    return database.transaction(
        statements -> {
          if (statements.first(LOCK.with("id", id.value()), row -> true).isEmpty()) {
            return List.of();
          }
          List<SessionId> ended = EndedSessions.all(statements, id);
          statements.update(REMOVE.with("id", id.value()));
          return ended;
        });
  }

  private static Sql.Call values(Sql statement, User user) {
    return statement
        .with("id", user.id().value())
        .and("email", user.email().value())
        .and("email_compared", user.email().compared())
        .and("display_name", user.displayName().map(DisplayName::value))
        .and("email_verified", user.emailVerified())
        .and("status", UserRows.status(user.status()))
        .and("roles", UserRows.roles(user))
        .and("updated_at", user.updatedAt());
  }

  private static boolean replaced(
      Statements statements, UserId id, PasswordHash current, PasswordHash next)
      throws SQLException {
    var call =
        CHANGE_PASSWORD
            .with("id", id.value())
            .and("current", current.encoded())
            .and("next", next.encoded());
    return statements.update(call) == 1;
  }

  private static final Sql EXISTS = Sql.of("SELECT 1 FROM users WHERE id = :id");

  /// Why an update met no row.
  private static Refusal missed(Statements statements, UserId id) throws SQLException {
    boolean exists = statements.first(EXISTS.with("id", id.value()), row -> true).isPresent();
    return exists ? Refusal.staleVersion() : Refusal.notFound();
  }
}
