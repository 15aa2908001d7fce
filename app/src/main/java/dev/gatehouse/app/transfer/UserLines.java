package dev.gatehouse.app.transfer;

import dev.gatehouse.accounts.transfer.ImportUsers;
import dev.gatehouse.accounts.transfer.ImportUsers.Line;
import dev.gatehouse.errors.InvalidFields;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// The lines of a file of users.
public final class UserLines implements ImportUsers.Lines {
  private final BoundedLines lines;
  private final RecordReader reader;

  private UserLines(BoundedLines lines, RecordReader reader) {
    this.lines = lines;
    this.reader = reader;
  }

  /// Begins to read, past the header where there is one.
  ///
  /// @throws InvalidFields when the header cannot be understood
  public static UserLines of(InputStream in, RecordFormat format) throws IOException {
    var lines = new BoundedLines(in);
    return switch (format) {
      case NDJSON -> new UserLines(lines, new JsonRecords());
      case CSV ->
          new UserLines(lines, CsvRecords.under(lines.next().map(UserLines::header).orElse("")));
    };
  }

  private static String header(BoundedLines.Raw raw) {
    raw.fault()
        .ifPresent(
            fault -> {
              throw InvalidFields.of("header", fault.code(), fault.message());
            });
    return raw.text();
  }

  @Override
  public void skip(long line) throws IOException {
    lines.skip(line);
  }

  @Override
  public Optional<Line> next() throws IOException {
    return lines.next().map(this::line);
  }

  /// How many bytes were read so far.
  public long passed() {
    return lines.passed();
  }

  private Line line(BoundedLines.Raw raw) {
    if (raw.fault().isPresent()) {
      return new Line.Unreadable(raw.number(), List.of(raw.fault().get()));
    }
    if (raw.text().isBlank()) {
      return new Line.Blank(raw.number());
    }
    try {
      return new Line.Filled(raw.number(), reader.read(raw.text()));
    } catch (InvalidFields invalid) {
      return new Line.Unreadable(raw.number(), invalid.errors());
    }
  }
}
