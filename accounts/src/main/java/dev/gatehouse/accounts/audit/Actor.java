package dev.gatehouse.accounts.audit;

import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.accounts.id.UserId;
import java.util.Optional;

/// Who administers.
///
/// @param name for the audit log: an id, `operator`, or `gatehouse`
/// @param user the administrator, when it is one who signed in
public record Actor(String name, Optional<UserId> user) {
  /// Someone at the command line of the machine.
  public static final Actor OPERATOR = new Actor("operator", Optional.empty());

  /// The program itself, when the time for something has come.
  public static final Actor GATEHOUSE = new Actor("gatehouse", Optional.empty());

  /// A user with the right role.
  public static Actor user(UserId id) {
    return new Actor(id.toString(), Optional.of(id));
  }

  /// A program with the right scope.
  public static Actor apiKey(ApiKeyId id) {
    return new Actor(id.toString(), Optional.empty());
  }

  /// Whether this is that user.
  public boolean is(UserId id) {
    return user.filter(id::equals).isPresent();
  }
}
