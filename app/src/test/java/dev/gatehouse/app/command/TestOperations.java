package dev.gatehouse.app.command;

import dev.gatehouse.accounts.administration.AdministrationUseCases;
import dev.gatehouse.accounts.apikey.ApiKeyUseCases;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Environment;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.registration.RegistrationListener;
import dev.gatehouse.accounts.registration.RegistrationUseCases;
import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.transfer.TransferUseCases;
import dev.gatehouse.accounts.user.PasswordPolicy;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.app.wiring.Operations;
import dev.gatehouse.testkit.accounts.InMemoryAccounts;
import dev.gatehouse.testkit.accounts.InMemoryApiKeys;
import dev.gatehouse.testkit.accounts.InMemoryHasher;
import dev.gatehouse.testkit.accounts.InMemoryUserExports;
import dev.gatehouse.testkit.accounts.InMemoryUserImports;
import dev.gatehouse.testkit.accounts.PlainHashes;
import dev.gatehouse.tokens.KeyRotation;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// What operators do, over stores in memory.
public final class TestOperations {
  private final Operations operations;

  public TestOperations() {
    var time = InstantSource.system();
    var random = new SecureRandom();
    var accounts = new InMemoryAccounts();
    var environment = new Environment(AuditLog.NONE, new TimeOrderedIds(time, random), time);
    var revocations = new RecentRevocations(Duration.ofMinutes(5), System::nanoTime);
    var passwords = new Passwords(new InMemoryHasher(), new PasswordPolicy(8, "password1"::equals));
    operations =
        new Operations(
            RegistrationUseCases.register(
                accounts.users(), passwords, environment, RegistrationListener.NONE),
            AdministrationUseCases.over(
                accounts.users(), accounts.sessions(), passwords, revocations, environment),
            TransferUseCases.over(
                accounts.users(),
                new InMemoryUserImports(accounts.users()),
                new InMemoryUserExports(accounts.users()),
                new PlainHashes(),
                environment),
            ApiKeyUseCases.over(new InMemoryApiKeys(), environment, random),
            () -> new KeyRotation("next", Instant.EPOCH, true),
            () -> 7);
  }

  public Operations operations() {
    return operations;
  }
}
