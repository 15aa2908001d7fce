package dev.gatehouse.postgres.flow;

import dev.gatehouse.accounts.flow.Flows;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.session.PostgresSessions;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.testkit.accounts.FlowsContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresFlowsTest extends FlowsContract {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @Override
  protected Users users() {
    return new PostgresUsers(DATABASE.get());
  }

  @Override
  protected Sessions sessions() {
    return new PostgresSessions(DATABASE.get());
  }

  @Override
  protected Flows flows() {
    return new PostgresFlows(DATABASE.get());
  }

  @Override
  protected void age(EmailAddress email, Duration age) {
    StoredFlows.age(DATABASE.get(), email, age);
  }
}
