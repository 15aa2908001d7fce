package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.administration.SearchUsers;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.app.wiring.Operations;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Parameters;

/// Names a user by id or address.
final class UserArgument {
  @Parameters(index = "0", paramLabel = "USER", description = "the user's id or email address")
  private String given = "";

  /// @throws Refusal `NOT_FOUND`
  /// @throws InvalidFields when it is neither id nor address
  User find(Operations operations) {
    if (given.indexOf('@') >= 0) {
      return byAddress(operations.administration().search())
          .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "There is no user " + given));
    }
    try {
      return operations.administration().get().byId(new UserId(UUID.fromString(given)));
    } catch (IllegalArgumentException neither) {
      throw InvalidFields.of("USER", "invalid", "It is neither an id nor an email address.");
    } catch (Refusal unknown) {
      throw new Refusal(unknown.code(), "There is no user " + given);
    }
  }

  private Optional<User> byAddress(SearchUsers search) {
    var query =
        new UserQuery(
            Optional.of(EmailAddress.parse(given)),
            Optional.empty(),
            Optional.empty(),
            1,
            Optional.empty());
    return search.page(query).users().stream().findFirst();
  }
}
