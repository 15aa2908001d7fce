package dev.gatehouse.app.command;

import dev.gatehouse.accounts.administration.AdministerUser;
import dev.gatehouse.accounts.administration.SearchUsers;
import dev.gatehouse.accounts.administration.SetPassword;
import dev.gatehouse.accounts.apikey.CreateApiKey;
import dev.gatehouse.accounts.apikey.ListApiKeys;
import dev.gatehouse.accounts.apikey.RevokeApiKey;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.id.Moments;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.registration.RegisterUser;
import dev.gatehouse.accounts.registration.RegistrationListener;
import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.transfer.ExportUsers;
import dev.gatehouse.accounts.transfer.ImportUsers;
import dev.gatehouse.accounts.user.GetUser;
import dev.gatehouse.accounts.user.PasswordPolicy;
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
    var keys = new InMemoryApiKeys();
    var ids = new TimeOrderedIds(time, random);
    var moments = new Moments(time);
    var revocations = new RecentRevocations(Duration.ofMinutes(5), System::nanoTime);
    var hasher = new InMemoryHasher();
    var policy = new PasswordPolicy(8, "password1"::equals);
    operations =
        new Operations(
            new RegisterUser(
                accounts.users(),
                hasher,
                policy,
                AuditLog.NONE,
                ids,
                moments,
                RegistrationListener.NONE),
            new GetUser(accounts.users()),
            new SearchUsers(accounts.users()),
            new AdministerUser(
                accounts.users(), accounts.sessions(), revocations, AuditLog.NONE, moments),
            new SetPassword(accounts.users(), hasher, policy, revocations, AuditLog.NONE, moments),
            new ImportUsers(
                new InMemoryUserImports(accounts.users()),
                new PlainHashes(),
                AuditLog.NONE,
                ids,
                moments),
            new ExportUsers(
                accounts.users(),
                new InMemoryUserExports(accounts.users()),
                new PlainHashes(),
                AuditLog.NONE),
            new CreateApiKey(keys, AuditLog.NONE, ids, random),
            new ListApiKeys(keys),
            new RevokeApiKey(keys, AuditLog.NONE),
            () -> new KeyRotation("next", Instant.EPOCH, true));
  }

  public Operations operations() {
    return operations;
  }
}
