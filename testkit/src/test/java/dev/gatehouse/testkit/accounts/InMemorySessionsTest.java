package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.testkit.ManualTime;
import java.time.Duration;

class InMemorySessionsTest extends SessionsContract {
  private final ManualTime time = ManualTime.atNoon();
  private final InMemoryAccounts accounts = new InMemoryAccounts(time);

  @Override
  protected Users users() {
    return accounts.users();
  }

  @Override
  protected Sessions sessions() {
    return accounts.sessions();
  }

  @Override
  protected void age(UserId user, Duration age) {
    time.advance(age);
  }
}
