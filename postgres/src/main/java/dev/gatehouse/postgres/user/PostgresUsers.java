package dev.gatehouse.postgres.user;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.Profile.Field;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.UserUpdate;
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

  /// @param replica serves searches, and nothing else: anyone who reads one user may just have
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
            1, coalesce(CAST(:created_at AS timestamptz), now()), now(), %s)
          """
                  .formatted(UserRows.profile("%s"), UserRows.profile(":%s"))
              + UserRows.RETURNING_USER);

  @Override
  public User add(NewUser user, PasswordHash hash) {
    return database.write(statements -> added(statements, user, hash));
  }

  /// Adds a new user within a transaction.
  public static User added(Statements statements, NewUser user, PasswordHash hash)
      throws SQLException {
    var call =
        ADD.with("id", user.id().value())
            .and("email", user.email().value())
            .and("email_compared", user.email().canonical())
            .and("email_verified", user.emailVerified())
            .and("status", UserRows.status(user.status()))
            .and("roles", UserRows.roles(user.roles()))
            .and("password_hash", hash.encoded())
            .and("created_at", user.createdAt().map(Instant::toString));
    return statements.first(with(call, user.profile()), UserRows::user).orElseThrow();
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
        version = :version, updated_at = now(), %s
      WHERE id = :id AND version = :stored_version
      """
          .formatted(UserRows.profile("%1$s = :%1$s"));

  private static final Sql UPDATE = Sql.of(UPDATE_VERSION + UserRows.RETURNING_USER);

  @Override
  public UserUpdate update(User changed) {
    if (!changed.active()) {
      return updateAndEndSessions(changed);
    }
    User stored =
        database
            .write(statements -> updatedKeepingRights(statements, changed))
            .orElseGet(() -> database.transaction(statements -> updated(statements, changed)));
    return new UserUpdate(stored, List.of());
  }

  @Override
  public UserUpdate updateAndEndSessions(User changed) {
    return database.transaction(
        statements -> {
          Optional<User> kept = updatedKeepingRights(statements, changed);
          User stored = kept.isPresent() ? kept.get() : updated(statements, changed);
          return new UserUpdate(stored, SessionDeletion.all(statements, changed.id()));
        });
  }

  /// Nearly every update: one that takes no administrator's right.
  private static final Sql UPDATE_KEEPING_RIGHTS =
      Sql.of(
          UPDATE_VERSION
              + """
            AND (:administrator OR NOT (status = 'active' AND 'admin' = ANY (roles)))
          """
              + UserRows.RETURNING_USER);

  private static Optional<User> updatedKeepingRights(Statements statements, User changed)
      throws SQLException {
    var call = update(UPDATE_KEEPING_RIGHTS, changed).and("administrator", changed.administrator());
    return statements.first(call, UserRows::user);
  }

  /// An update that the statement above has not done, in a transaction.
  private static User updated(Statements statements, User changed) throws SQLException {
    Held held = hold(statements, changed.id()).orElseThrow(Refusal::notFound);
    if (held.version() != changed.version() - 1) {
      throw Refusal.staleVersion();
    }
    if (held.administrator() && !changed.administrator()) {
      Administrators.requireAnother(statements, changed.id());
    }
    return statements.first(update(UPDATE, changed), UserRows::user).orElseThrow();
  }

  private static Sql.Call update(Sql statement, User changed) {
    var call =
        statement
            .with("id", changed.id().value())
            .and("email", changed.email().value())
            .and("email_compared", changed.email().canonical())
            .and("email_verified", changed.emailVerified())
            .and("status", UserRows.status(changed.status()))
            .and("roles", UserRows.roles(changed.roles()))
            .and("version", changed.version())
            .and("stored_version", changed.version() - 1);
    return with(call, changed.profile());
  }

  private static Sql.Call with(Sql.Call call, Profile profile) {
    Sql.Call next = call;
    for (Field field : Field.values()) {
      next = next.and(field.label(), profile.text(field));
    }
    return next;
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
      UserId id, PasswordHash current, PasswordHash next, Optional<SessionId> kept) {
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
  public List<SessionId> remove(UserId id) {
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
