package dev.gatehouse.app.transfer;

import dev.gatehouse.accounts.error.InvalidFields;
import dev.gatehouse.accounts.model.DisplayName;
import dev.gatehouse.accounts.model.Role;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.accounts.model.UserRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;

/// Users as values between commas. An empty value is one that is missing; roles are parted by semicolons.
final class CsvRecords implements RecordReader, RecordWriter {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvReadFeature.WRAP_AS_ARRAY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectReader ROWS = CSV.readerFor(String[][].class);
  private static final ObjectWriter LINE = CSV.writerFor(String[].class);
  private static final String BETWEEN_ROLES = ";";

  private final List<Field> columns;

  private CsvRecords(List<Field> columns) {
    this.columns = columns;
  }

  /// As a header says.
  ///
  /// @throws InvalidFields when it names something that is not known, or twice, or no address
  static CsvRecords under(String header) {
    var columns = new ArrayList<Field>();
    for (String label : row(header)) {
      Field column =
          Field.find(label.strip())
              .orElseThrow(() -> wrongHeader("no field is called " + Field.shown(label.strip())));
      if (columns.contains(column)) {
        throw wrongHeader("it names %s twice".formatted(column.label()));
      }
      columns.add(column);
    }
    if (!columns.contains(Field.EMAIL)) {
      throw wrongHeader("it does not name email");
    }
    return new CsvRecords(columns);
  }

  /// With every column that is written.
  static CsvRecords written(boolean withHashes) {
    return new CsvRecords(Field.written(withHashes));
  }

  @Override
  public UserRecord read(String line) {
    String[] row = row(line);
    if (row.length != columns.size()) {
      throw invalid("It has %d values, the header names %d.".formatted(row.length, columns.size()));
    }
    Map<Field, String> values = new EnumMap<>(Field.class);
    for (int place = 0; place < row.length; place++) {
      if (!row[place].isEmpty()) {
        values.put(columns.get(place), row[place]);
      }
    }
    return new UserRecord(
        value(values, Field.ID),
        value(values, Field.EMAIL),
        value(values, Field.DISPLAY_NAME),
        value(values, Field.EMAIL_VERIFIED).map(CsvRecords::truth),
        value(values, Field.STATUS),
        value(values, Field.ROLES)
            .map(roles -> List.of(roles.split(BETWEEN_ROLES, -1)))
            .orElse(List.of()),
        value(values, Field.PASSWORD_HASH),
        value(values, Field.CREATED_AT));
  }

  @Override
  public String header() {
    return columns.stream().map(Field::label).collect(Collectors.joining(",", "", "\n"));
  }

  @Override
  public String line(User user, Optional<String> hash) {
    String[] row = columns.stream().map(column -> value(column, user, hash)).toArray(String[]::new);
    return LINE.writeValueAsString(row);
  }

  private static String value(Field column, User user, Optional<String> hash) {
    return switch (column) {
      case ID -> user.id().toString();
      case EMAIL -> user.email().value();
      case DISPLAY_NAME -> user.displayName().map(DisplayName::value).orElse("");
      case EMAIL_VERIFIED -> Boolean.toString(user.emailVerified());
      case STATUS -> user.status().label();
      case ROLES ->
          user.roles().stream().map(Role::name).sorted().collect(Collectors.joining(BETWEEN_ROLES));
      case CREATED_AT -> user.createdAt().toString();
      case PASSWORD_HASH -> hash.orElse("");
    };
  }

  private static Optional<String> value(Map<Field, String> values, Field field) {
    return Optional.ofNullable(values.get(field));
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw InvalidFields.of(
              Field.EMAIL_VERIFIED.label(), "wrong_type", "The field must be true or false.");
    };
  }

  private static String[] row(String line) {
    try {
      String[][] rows = ROWS.readValue(line);
      if (rows.length == 1) {
        return rows[0];
      }
    } catch (JacksonException notCsv) {
      throw notCsv();
    }
    throw notCsv();
  }

  private static InvalidFields notCsv() {
    return invalid("It is not a line of CSV: a quote is missing or one too many.");
  }

  private static InvalidFields invalid(String message) {
    return InvalidFields.of("line", "invalid", message);
  }

  private static InvalidFields wrongHeader(String what) {
    String known = Field.written(true).stream().map(Field::label).collect(Collectors.joining(", "));
    return InvalidFields.of("header", "invalid", "%s; the fields are %s".formatted(what, known));
  }
}
