package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.flow.Flows;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.testkit.ManualTime;
import java.time.Duration;

class InMemoryFlowsTest extends FlowsContract {
  private final ManualTime time = ManualTime.atNoon();
  private final InMemoryAccounts accounts = new InMemoryAccounts(time);
  private final Flows flows = new InMemoryFlows(accounts.users(), accounts.sessions(), time);

  @Override
  protected Users users() {
    return accounts.users();
  }

  @Override
  protected Sessions sessions() {
    return accounts.sessions();
  }

  @Override
  protected Flows flows() {
    return flows;
  }

  @Override
  protected void age(EmailAddress email, Duration age) {
    time.advance(age);
  }
}
