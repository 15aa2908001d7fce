package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.administration.SearchUsers;
import dev.gatehouse.accounts.user.EmailPrefix;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.command.operator.StatusName;
import dev.gatehouse.app.wiring.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists users, page after page.
@Command(name = "list", description = "Lists users.", mixinStandardHelpOptions = true)
final class UsersList extends OperatorCommand {
  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "only email addresses with this prefix")
  private Optional<String> prefix = Optional.empty();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      converter = StatusName.class,
      description = "only users with this status: active or disabled")
  private Optional<UserStatus> status = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "at most this many users (default: 50)")
  private int limit = 50;

  UsersList(CommandContext context) {
    super(context);
  }

  @Override
  public void run(Operations operations) {
    List<User> found = found(operations.administration().search());
    if (json()) {
      print("", found.stream().map(UserText::fields).toList());
      return;
    }
    if (found.isEmpty()) {
      context().err().println("gatehouse: no users found");
    }
    found.forEach(user -> context().out().println(UserText.line(user)));
  }

  private List<User> found(SearchUsers search) {
    var found = new ArrayList<User>();
    Optional<UserQuery.Position> next = Optional.empty();
    do {
      int wanted = Math.min(limit - found.size(), UserQuery.MAX_LIMIT);
      if (wanted < 1) {
        return found;
      }
      SearchUsers.Page page =
          search.page(
              new UserQuery(
                  Optional.empty(), prefix.map(EmailPrefix::parse), status, wanted, next));
      found.addAll(page.users());
      next = page.next();
    } while (next.isPresent());
    return found;
  }
}
