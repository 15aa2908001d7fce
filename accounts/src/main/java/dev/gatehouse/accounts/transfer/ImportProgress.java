package dev.gatehouse.accounts.transfer;

import java.util.List;

/// How far the import of a file has come.
///
/// @param line the last line that is done with, 0 at the beginning
/// @param imported how many lines became users
/// @param rejected how many did not
/// @param latest those of them that were in the latest batch: anyone who was to be told may have
///     been killed just before
public record ImportProgress(long line, long imported, long rejected, List<Reject> latest) {
  /// Nothing is done.
  public static final ImportProgress NONE = new ImportProgress(0, 0, 0, List.of());

  public ImportProgress {
    latest = List.copyOf(latest);
  }
}
