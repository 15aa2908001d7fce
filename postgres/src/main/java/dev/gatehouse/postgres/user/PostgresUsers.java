package dev.gatehouse.postgres.user;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.Profile.Field;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Replica;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import dev.gatehouse.postgres.revocation.SessionDeletion;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The store of users on PostgreSQL. One round trip for each call, except where sessions end with
/// it.
public final class PostgresUsers implements Users {
  private final Database database;
  private final Optional<Replica> replica;

  public PostgresUsers(Database database) {
    this(database, Optional.empty());
  }

  /// @param replica answers searches, and nothing else: anyone who reads one user may just have
  ///     changed it
  public PostgresUsers(Database database, Optional<Replica> replica) {
    this.database = database;
    this.replica = replica;
  }

  private static final Sql ADD =
      Sql.of(
          """
          INSERT INTO users (
            id, email, email_compared, email_verified, status, roles, password_hash, version,
            created_at, updated_at, %s)
          VALUES (
            :id, :email, :email_compared, :email_verified, :status, :roles, :password_hash,
            :version, :created_at, :updated_at, %s)
          """
              .formatted(UserRows.profile("%s"), UserRows.profile(":%s")));

  @Override
  public void add(User user, PasswordHash hash) {
    database.write(statements -> statements.update(adding(user, hash)));
  }

  public static Sql.Call adding(User user, PasswordHash hash) {
    return values(ADD, user)
        .and("password_hash", hash.encoded())
        .and("version", user.version())
        .and("created_at", user.createdAt());
  }

  /// Without a limit, under which the server would rather read the whole table.
  private static final Sql IS_TAKEN =
      Sql.of("SELECT 1 FROM users WHERE " + AddressLookup.CONDITION);

  @Override
  public boolean isTaken(EmailAddress email) {
    var call = AddressLookup.of(IS_TAKEN, email);
    return database.read(statements -> statements.first(call, row -> true)).isPresent();
  }

  private static final Sql FIND =
      Sql.of(
          UserRows.SELECT_USER
              + """
          WHERE id = :id
          """);

  @Override
  public Optional<User> find(UserId id) {
    var call = FIND.with("id", id.value());
    return database.read(statements -> statements.first(call, UserRows::user));
  }

  private static final Sql FIND_CREDENTIALS_BY_ID =
      Sql.of(
          UserRows.SELECT_CREDENTIALS
              + """
          WHERE id = :id
          """);

  @Override
  public Optional<Credentials> findCredentials(UserId id) {
    var call = FIND_CREDENTIALS_BY_ID.with("id", id.value());
    return database.read(statements -> statements.first(call, UserRows::credentials));
  }

  private static final Sql FIND_CREDENTIALS_BY_EMAIL =
      Sql.of(
          UserRows.SELECT_CREDENTIALS
              + """
          WHERE
          """
              + AddressLookup.CONDITION
              + AddressLookup.PREFERRED);

  @Override
  public Optional<Credentials> findCredentials(EmailAddress email) {
    var call = AddressLookup.of(FIND_CREDENTIALS_BY_EMAIL, email);
    return database.read(statements -> statements.first(call, UserRows::credentials));
  }

  @Override
  public List<User> search(UserQuery query) {
    Database.Work<List<User>> page = statements -> UserPages.read(statements, query);
    return replica.map(standby -> standby.read(page)).orElseGet(() -> database.read(page));
  }

  private static final String UPDATE_VERSION =
      """
      UPDATE users
      SET email = :email,
        email_compared = CASE WHEN email = :email THEN email_compared ELSE :email_compared END,
        email_verified = :email_verified, status = :status, roles = :roles,
        version = :version, updated_at = :updated_at, %s
      WHERE id = :id AND version = :stored_version
      """
          .formatted(UserRows.profile("%1$s = :%1$s"));

  private static final Sql UPDATE = Sql.of(UPDATE_VERSION);

  @Override
  public List<SessionId> update(User changed) {
    if (!changed.active()) {
      return updateAndEndSessions(changed);
    }
    if (!database.write(statements -> updatedKeepingRights(statements, changed))) {
      database.transaction(statements -> updated(statements, changed));
    }
    return List.of();
  }

  @Override
  public List<SessionId> updateAndEndSessions(User changed) {
    return database.transaction(
        statements -> {
          if (!updatedKeepingRights(statements, changed)) {
            updated(statements, changed);
          }
          return SessionDeletion.all(statements, changed.id());
        });
  }

  /// Nearly every update: one that takes no administrator's right.
  private static final Sql UPDATE_KEEPING_RIGHTS =
      Sql.of(
          UPDATE_VERSION
              + """
            AND (:administrator OR NOT (status = 'active' AND 'admin' = ANY (roles)))
          """);

  private static boolean updatedKeepingRights(Statements statements, User changed)
      throws SQLException {
    var call = update(UPDATE_KEEPING_RIGHTS, changed).and("administrator", changed.administrator());
    return statements.update(call) == 1;
  }

  /// An update that the statement above has not done, in a transaction.
  private static boolean updated(Statements statements, User changed) throws SQLException {
    Held held = hold(statements, changed.id()).orElseThrow(Refusal::notFound);
    if (held.version() != changed.version() - 1) {
      throw Refusal.staleVersion();
    }
    if (held.administrator() && !changed.administrator()) {
      Administrators.requireAnother(statements, changed.id());
    }
    return statements.update(update(UPDATE, changed)) == 1;
  }

  private static Sql.Call update(Sql statement, User changed) {
    return values(statement, changed)
        .and("version", changed.version())
        .and("stored_version", changed.version() - 1);
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
          return SessionDeletion.allBut(statements, id, kept);
        });
  }

  @Override
  public boolean rehash(UserId id, PasswordHash current, PasswordHash next) {
    return database.write(statements -> replaced(statements, id, current, next));
  }

  private static final Sql HOLD =
      Sql.of(
          """
          SELECT version, status = 'active' AND 'admin' = ANY (roles) AS administrator
          FROM users
          WHERE id = :id
          FOR UPDATE
          """);

  /// A row that stays as it is until the transaction ends.
  private record Held(long version, boolean administrator) {}

  private static Optional<Held> hold(Statements statements, UserId id) throws SQLException {
    return statements.first(
        HOLD.with("id", id.value()),
        row -> new Held(row.getLong("version"), row.getBoolean("administrator")));
  }

  private static final Sql REMOVE = Sql.of("DELETE FROM users WHERE id = :id");

  @Override
  public List<SessionId> remove(UserId id, Instant at) {
    return database.transaction(
        statements -> {
          Optional<Held> held = hold(statements, id);
          if (held.isEmpty()) {
            return List.of();
          }
          if (held.get().administrator()) {
            Administrators.requireAnother(statements, id);
          }
          List<SessionId> ended = SessionDeletion.all(statements, id);
          statements.update(REMOVE.with("id", id.value()));
          return ended;
        });
  }

  private static Sql.Call values(Sql statement, User user) {
    Sql.Call call =
        statement
            .with("id", user.id().value())
            .and("email", user.email().value())
            .and("email_compared", user.email().canonical())
            .and("email_verified", user.emailVerified())
            .and("status", UserRows.status(user.status()))
            .and("roles", UserRows.roles(user))
            .and("updated_at", user.updatedAt());
    for (Field field : Field.values()) {
      call = call.and(field.label(), user.profile().text(field));
    }
    return call;
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
