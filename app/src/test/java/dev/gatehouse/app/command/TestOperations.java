package dev.gatehouse.app.command;

import dev.gatehouse.accounts.application.AdministerUser;
import dev.gatehouse.accounts.application.CreateApiKey;
import dev.gatehouse.accounts.application.ExportUsers;
import dev.gatehouse.accounts.application.GetUser;
import dev.gatehouse.accounts.application.ImportUsers;
import dev.gatehouse.accounts.application.ListApiKeys;
import dev.gatehouse.accounts.application.RecentRevocations;
import dev.gatehouse.accounts.application.RegisterUser;
import dev.gatehouse.accounts.application.RevokeApiKey;
import dev.gatehouse.accounts.application.SearchUsers;
import dev.gatehouse.accounts.application.SetPassword;
import dev.gatehouse.accounts.model.AuditLog;
import dev.gatehouse.accounts.model.Moments;
import dev.gatehouse.accounts.model.PasswordPolicy;
import dev.gatehouse.accounts.model.TimeOrderedIds;
import dev.gatehouse.app.Operations;
import dev.gatehouse.testkit.accounts.InMemoryAccounts;
import dev.gatehouse.testkit.accounts.InMemoryApiKeys;
import dev.gatehouse.testkit.accounts.InMemoryHasher;
import dev.gatehouse.testkit.accounts.InMemoryUserExports;
import dev.gatehouse.testkit.accounts.InMemoryUserImports;
import dev.gatehouse.testkit.accounts.PlainHashes;
import dev.gatehouse.tokens.Rotation;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// What operators do, over stores in memory.
final class TestOperations {
  private final Operations operations;

  TestOperations() {
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
            new RegisterUser(accounts.users(), hasher, policy, AuditLog.NONE, ids, moments),
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
            new CreateApiKey(keys, AuditLog.NONE, ids, random, moments),
            new ListApiKeys(keys),
            new RevokeApiKey(keys, AuditLog.NONE, moments),
            () -> new Rotation("next", Instant.EPOCH, true));
  }

  Operations operations() {
    return operations;
  }
}
