package dev.gatehouse.accounts.transfer;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.password.PortableHashes;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.Unavailable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Gives out all users, page after page in the order of their ids. No page depends on an open
/// transaction, so that the whole is no picture of one moment: who registers or goes meanwhile is
/// in it or not, everybody else once. Thread-safe.
public final class ExportUsers {
  private static final int PAGE = UserQuery.MAX_LIMIT;

  private final Users users;
  private final UserExports exports;
  private final PortableHashes hashes;
  private final AuditLog audit;

  public ExportUsers(Users users, UserExports exports, PortableHashes hashes, AuditLog audit) {
    this.users = users;
    this.exports = exports;
    this.hashes = hashes;
    this.audit = audit;
  }

  /// Takes the users that are given out.
  @FunctionalInterface
  public interface Taker {
    /// Takes one user.
    ///
    /// @param hash as [PortableHashes#write] writes it, if hashes are asked for
    void take(User user, Optional<String> hash) throws IOException;
  }

  /// Gives out all users that come after one.
  ///
  /// @param withHashes whether their stored passwords go with them
  /// @throws Unavailable when the store cannot serve
  public void run(Optional<UserId> after, boolean withHashes, Taker taker, Origin origin)
      throws IOException {
    record(withHashes, origin);
    Optional<UserId> last = after;
    do {
      last = withHashes ? pageWithHashes(last, taker) : page(last, taker);
    } while (last.isPresent());
  }

  private Optional<UserId> page(Optional<UserId> after, Taker taker) throws IOException {
    Optional<UserQuery.Position> position = after.map(UserQuery.Position.Id::new);
    List<User> page =
        users.search(
            new UserQuery(Optional.empty(), Optional.empty(), Optional.empty(), PAGE, position));
    for (User user : page) {
      taker.take(user, Optional.empty());
    }
    return page.size() < PAGE ? Optional.empty() : Optional.of(page.getLast().id());
  }

  private Optional<UserId> pageWithHashes(Optional<UserId> after, Taker taker) throws IOException {
    List<Credentials> page = exports.page(after, PAGE);
    for (Credentials account : page) {
      PasswordHash hash = account.passwordHash();
      taker.take(account.user(), Optional.of(hashes.write(hash)));
    }
    return page.size() < PAGE ? Optional.empty() : Optional.of(page.getLast().user().id());
  }

  private void record(boolean withHashes, Origin origin) {
    String subject = withHashes ? "users with password hashes" : "users";
    audit.record(
        new AuditEvent(AuditEvent.Kind.USERS_EXPORTED, Actor.OPERATOR.name(), subject, origin));
  }
}
