package dev.gatehouse.app.transfer;

import dev.gatehouse.errors.InvalidFields;
import java.util.Locale;
import java.util.Optional;

/// How a user is written as a line of text.
public enum RecordFormat {
  /// A JSON object.
  NDJSON,
  /// Values between commas, semicolons or tabs (RFC 4180) under a header that names them. No value
  /// spans lines.
  CSV;

  /// The format that is asked for, or else that of the file's name.
  ///
  /// @param asked `ndjson` or `csv`
  /// @throws InvalidFields when neither says
  public static RecordFormat of(Optional<String> asked, String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    String word = asked.orElseGet(() -> lower.substring(lower.lastIndexOf('.') + 1));
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "ndjson", "jsonl" -> NDJSON;
      case "csv", "tsv" -> CSV;
      default ->
          throw InvalidFields.of(
              "--format",
              "invalid",
              "It is ndjson or csv; the file's name, should it end so, says it too.");
    };
  }
}
