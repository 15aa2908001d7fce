package dev.gatehouse.app.transfer;

/// Readers and writers of each format.
final class RecordFormats {
  private RecordFormats() {}

  static RecordReader reader(RecordFormat format, String header) {
    return switch (format) {
      case NDJSON -> new JsonRecords();
      case CSV -> CsvRecords.under(header);
    };
  }

  static RecordWriter writer(RecordFormat format, boolean withHashes) {
    return switch (format) {
      case NDJSON -> new JsonRecords();
      case CSV -> CsvRecords.written(withHashes);
    };
  }
}
