package dev.gatehouse.postgres.registration;

import dev.gatehouse.accounts.registration.IdempotencyRecords;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.session.PostgresSessions;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.testkit.accounts.AccountLifeCycleContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresAccountLifeCycleTest extends AccountLifeCycleContract {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @Override
  public Users users() {
    return new PostgresUsers(DATABASE.get());
  }

  @Override
  public Sessions sessions() {
    return new PostgresSessions(DATABASE.get());
  }

  @Override
  public IdempotencyRecords registrations() {
    return new PostgresIdempotencyRecords(DATABASE.get());
  }
}
