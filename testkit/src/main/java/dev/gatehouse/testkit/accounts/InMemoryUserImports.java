package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.transfer.ImportBatch;
import dev.gatehouse.accounts.transfer.ImportBatch.Entry;
import dev.gatehouse.accounts.transfer.ImportBatch.Outcome;
import dev.gatehouse.accounts.transfer.ImportId;
import dev.gatehouse.accounts.transfer.ImportProgress;
import dev.gatehouse.accounts.transfer.UserImports;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Imports into a store in memory, tested by the same contract as PostgreSQL.
public final class InMemoryUserImports implements UserImports {
  private static final int REMEMBERED = 100;

  private final Map<ImportId, ImportProgress> progress = new LinkedHashMap<>();
  private final Users users;

  /// Imports into this store.
  public InMemoryUserImports(Users users) {
    this.users = users;
  }

  @Override
  public synchronized ImportProgress find(ImportId file) {
    return progress.getOrDefault(file, ImportProgress.NONE);
  }

  @Override
  public synchronized void forget(ImportId file) {
    progress.remove(file);
  }

  @Override
  public synchronized ImportProgress add(ImportId file, ImportBatch batch) {
    if (find(file).line() != batch.before().line()) {
      throw new Refusal(
          ErrorCode.STALE_VERSION, "Another run of the same import has come further meanwhile.");
    }
    List<Outcome> outcomes = batch.entries().stream().map(this::add).toList();
    ImportProgress after = batch.after(outcomes);
    progress.remove(file);
    progress.put(file, after);
    if (progress.size() > REMEMBERED) {
      progress.remove(progress.keySet().iterator().next());
    }
    return after;
  }

  private Outcome add(Entry entry) {
    NewUser user = entry.user();
    if (users.isTaken(user.email())) {
      return Outcome.EMAIL_TAKEN;
    }
    if (users.find(user.id()).isPresent()) {
      return Outcome.ID_TAKEN;
    }
    users.add(user, entry.hash());
    return Outcome.ADDED;
  }
}
