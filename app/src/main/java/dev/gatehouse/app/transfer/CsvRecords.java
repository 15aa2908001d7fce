package dev.gatehouse.app.transfer;

import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserRecord;
import dev.gatehouse.app.transfer.Field.Account;
import dev.gatehouse.errors.InvalidFields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/// Users as values between commas, semicolons or tabs: whichever the header has. An empty value is
/// one that is missing, and so is the `\N` of PostgreSQL's COPY. Roles are written between
/// semicolons, and read between semicolons or commas, also as PostgreSQL's array `{a,b}`.
final class CsvRecords implements RecordReader, RecordWriter {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvReadFeature.WRAP_AS_ARRAY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectReader ROWS = CSV.readerFor(String[][].class);
  private static final ObjectWriter LINE = CSV.writerFor(String[].class);
  private static final String BETWEEN_ROLES = ";";
  private static final Pattern ROLES = Pattern.compile("\\s*[;,]\\s*");
  private static final Pattern ARRAY = Pattern.compile("\\{(.*)}");
  private static final String NULL = "\\N";
  private static final char[] SEPARATORS = {'\t', ';', ','};
  private static final char WRITTEN = ',';

  private final List<Field> columns;
  private final ObjectReader rows;

  private CsvRecords(List<Field> columns, char separator) {
    this.columns = columns;
    this.rows = rows(separator);
  }

  /// As a header says.
  ///
  /// @throws InvalidFields when it names something that is not known, or twice, or no address
  static CsvRecords under(String header) {
    var columns = new ArrayList<Field>();
    char separator = separator(header);
    for (String label : row(rows(separator), header)) {
      String name = label.strip().toLowerCase(Locale.ROOT);
      Field column =
          Field.find(name)
              .orElseThrow(() -> wrongHeader("no field is called " + Field.shown(name)));
      if (columns.contains(column)) {
        throw wrongHeader("it names %s twice".formatted(column.label()));
      }
      columns.add(column);
    }
    if (!columns.contains(Account.EMAIL)) {
      throw wrongHeader("it does not name email");
    }
    return new CsvRecords(columns, separator);
  }

  /// With every column that is written.
  static CsvRecords written(boolean withHashes) {
    return new CsvRecords(Field.written(withHashes), WRITTEN);
  }

  @Override
  public UserRecord read(String line) {
    String[] row = row(rows, line);
    if (row.length != columns.size()) {
      throw invalid("It has %d values, the header names %d.".formatted(row.length, columns.size()));
    }
    Map<Field, String> values = new HashMap<>();
    for (int place = 0; place < row.length; place++) {
      if (!row[place].isEmpty() && !row[place].equals(NULL)) {
        values.put(columns.get(place), row[place]);
      }
    }
    return new UserRecord(
        value(values, Account.ID),
        value(values, Account.EMAIL),
        profile(values),
        value(values, Account.EMAIL_VERIFIED).map(CsvRecords::truth),
        value(values, Account.STATUS),
        value(values, Account.ROLES).map(CsvRecords::roles).orElse(List.of()),
        value(values, Account.PASSWORD_HASH),
        value(values, Account.CREATED_AT));
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
      case Account.ID -> user.id().toString();
      case Account.EMAIL -> user.email().value();
      case Account.EMAIL_VERIFIED -> Boolean.toString(user.emailVerified());
      case Account.STATUS -> user.status().label();
      case Account.ROLES ->
          user.roles().stream().map(Role::name).sorted().collect(Collectors.joining(BETWEEN_ROLES));
      case Account.CREATED_AT -> user.createdAt().toString();
      case Account.PASSWORD_HASH -> hash.orElse("");
      case Field.InProfile(Profile.Field field) -> user.profile().text(field).orElse("");
    };
  }

  private static ProfileInput profile(Map<Field, String> values) {
    var fields = new EnumMap<Profile.Field, Optional<String>>(Profile.Field.class);
    for (Profile.Field field : Profile.Field.values()) {
      fields.put(field, value(values, new Field.InProfile(field)));
    }
    return new ProfileInput(fields);
  }

  private static Optional<String> value(Map<Field, String> values, Field field) {
    return Optional.ofNullable(values.get(field));
  }

  private static boolean truth(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "1", "yes", "y", "on" -> true;
      case "false", "f", "0", "no", "n", "off" -> false;
      default ->
          throw InvalidFields.of(
              Account.EMAIL_VERIFIED.label(),
              "wrong_type",
              "The field must be true or false; t, f, 1, 0, yes and no are read too.");
    };
  }

  private static List<String> roles(String text) {
    var array = ARRAY.matcher(text.strip());
    String names = array.matches() ? array.group(1) : text.strip();
    return names.isEmpty() ? List.of() : List.of(ROLES.split(names, -1));
  }

  /// A field's name has none of them.
  private static char separator(String header) {
    for (char separator : SEPARATORS) {
      if (header.indexOf(separator) >= 0) {
        return separator;
      }
    }
    return WRITTEN;
  }

  private static ObjectReader rows(char separator) {
    return ROWS.with(CsvSchema.emptySchema().withColumnSeparator(separator));
  }

  private static String[] row(ObjectReader reader, String line) {
    try {
      String[][] rows = reader.readValue(line);
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
    return InvalidFields.of(
        "header",
        "invalid",
        "%s; the fields are %s, with a comma, semicolon or tab between them"
            .formatted(what, known));
  }
}
