package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.registration.IdempotencyRecords;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.testkit.ManualTime;
import java.time.Duration;

class IdempotentRegistrationTest extends IdempotentRegistrationContract {
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
  protected IdempotencyRecords registrations() {
    return accounts.registrations();
  }

  @Override
  protected void age(Duration age) {
    time.advance(age);
  }
}
