package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.registration.IdempotencyRecords;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Users;
import org.junit.jupiter.api.BeforeEach;

/// The life of an account from registration to deletion, on any store.
public abstract class AccountLifeCycleContract
    implements RegistrationContract,
        SignInContract,
        PasswordChangeContract,
        ProfileContract,
        SessionUseContract,
        AuditTrailContract {
  private UseCases cases = onTwins();

  @Override
  public abstract Users users();

  @Override
  public abstract Sessions sessions();

  /// The registrations of the same store.
  public abstract IdempotencyRecords registrations();

  @BeforeEach
  void assemble() {
    cases = new UseCases(users(), sessions(), registrations());
  }

  @Override
  public UseCases cases() {
    return cases;
  }

  private static UseCases onTwins() {
    var accounts = new InMemoryAccounts();
    return new UseCases(accounts.users(), accounts.sessions(), accounts.registrations());
  }
}
