package dev.gatehouse.accounts.transfer;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.Ids;
import dev.gatehouse.accounts.password.PortableHashes;
import dev.gatehouse.accounts.user.UserRecord;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Takes in the users of a file. What cannot become a user is rejected by its line, the rest is
/// added, in batches. A run that is broken off at any moment, however roughly, is taken up again by
/// the next one: every line is done once. Thread-safe.
public final class ImportUsers {
  /// The most lines of a batch.
  public static final int BATCH = 500;

  private final UserImports imports;
  private final ImportedAccounts accounts;
  private final AuditLog audit;

  public ImportUsers(
      UserImports imports, PortableHashes hashes, AuditLog audit, Ids ids, InstantSource time) {
    this.imports = imports;
    this.accounts = new ImportedAccounts(hashes, ids, time);
    this.audit = audit;
  }

  /// The lines of a file, one after the other. For one thread.
  public interface Lines {
    /// Passes over every line up to this one.
    void skip(long line) throws IOException;

    /// The next line, empty at the end.
    Optional<Line> next() throws IOException;
  }

  /// What a line holds.
  public sealed interface Line {
    /// Its number, from 1.
    long number();

    /// A user, it seems.
    record Filled(long number, UserRecord user) implements Line {}

    /// Nothing.
    record Blank(long number) implements Line {}

    /// Nothing that can be read.
    record Unreadable(long number, List<FieldError> faults) implements Line {}
  }

  /// Imports the remaining lines of a file.
  ///
  /// @param stored receives the progress after each batch, and first of all when an earlier import
  ///     is resumed
  /// @return the progress at the end of the file
  /// @throws Refusal `STALE_VERSION` when another run imports the same file
  /// @throws Unavailable when the store cannot serve
  public ImportProgress run(
      ImportId file, Lines lines, Consumer<ImportProgress> stored, Origin origin)
      throws IOException {
    ImportProgress done = imports.find(file);
    if (done.line() > 0) {
      stored.accept(done);
    }
    lines.skip(done.line());
    boolean recorded = false;
    while (true) {
      Optional<ImportBatch> batch = nextBatch(lines, done);
      if (batch.isEmpty()) {
        return done;
      }
      done = imports.add(file, batch.get());
      if (!recorded) {
        record(file, origin);
        recorded = true;
      }
      stored.accept(done);
    }
  }

  /// How far the import of a file has come in earlier runs.
  ///
  /// @throws Unavailable when the store cannot serve
  public ImportProgress progress(ImportId file) {
    return imports.find(file);
  }

  /// Has the next run begin at the first line.
  ///
  /// @throws Unavailable when the store cannot serve
  public void forget(ImportId file) {
    imports.forget(file);
  }

  private Optional<ImportBatch> nextBatch(Lines lines, ImportProgress done) throws IOException {
    var entries = new ArrayList<ImportBatch.Entry>(BATCH);
    var rejects = new ArrayList<Reject>();
    long last = done.line();
    for (int count = 0; count < BATCH; count++) {
      Optional<Line> line = lines.next();
      if (line.isEmpty()) {
        break;
      }
      sort(line.get(), entries, rejects);
      last = line.get().number();
    }
    return last == done.line()
        ? Optional.empty()
        : Optional.of(new ImportBatch(done, last, entries, rejects));
  }

  private void sort(Line line, List<ImportBatch.Entry> entries, List<Reject> rejects) {
    switch (line) {
      case Line.Blank _ -> {}
      case Line.Unreadable(long number, List<FieldError> faults) ->
          rejects.add(new Reject(number, faults));
      case Line.Filled(long number, UserRecord user) -> {
        try {
          entries.add(accounts.entry(number, user));
        } catch (InvalidFields invalid) {
          rejects.add(new Reject(number, invalid.errors()));
        }
      }
    }
  }

  private void record(ImportId file, Origin origin) {
    audit.record(
        new AuditEvent(AuditEvent.Kind.USERS_IMPORTED, Actor.OPERATOR.name(), file.text(), origin));
  }
}
