package dev.gatehouse.accounts.transfer;

import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.user.NewUser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A stretch of a file that is stored in one step.
///
/// @param before how far the import had come
/// @param line the last line of the stretch
/// @param entries the lines that may become users
/// @param rejects the lines that cannot
public record ImportBatch(
    ImportProgress before, long line, List<Entry> entries, List<Reject> rejects) {
  public ImportBatch {
    entries = List.copyOf(entries);
    rejects = List.copyOf(rejects);
  }

  /// A line that may become a user.
  public record Entry(long line, NewUser user, PasswordHash hash) {}

  /// What became of an entry.
  public enum Outcome {
    ADDED,
    EMAIL_TAKEN,
    ID_TAKEN
  }

  /// How far the import has come with this batch.
  ///
  /// @param outcomes one for each entry, in their order
  public ImportProgress after(List<Outcome> outcomes) {
    var latest = new ArrayList<>(rejects);
    for (int place = 0; place < entries.size(); place++) {
      long number = entries.get(place).line();
      switch (outcomes.get(place)) {
        case ADDED -> {}
        case EMAIL_TAKEN -> latest.add(Reject.emailTaken(number));
        case ID_TAKEN -> latest.add(Reject.idTaken(number));
      }
    }
    latest.sort(Comparator.comparingLong(Reject::line));
    long added = entries.size() + rejects.size() - (long) latest.size();
    return new ImportProgress(
        line, before.imported() + added, before.rejected() + latest.size(), latest);
  }
}
