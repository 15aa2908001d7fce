package dev.gatehouse.app.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.accounts.transfer.ImportUsers.Line;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.UserRecord;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The forms in which other programs write files of users.
class UserLinesTest {
  private static final String MARK = "\uFEFF";
  private static final String COMMAS =
      "email,display_name,roles,email_verified\nada@example.org,Zoë,\"a;b\",true\nb@example.org,,,\n";

  /// A file, one character a byte.
  record Bytes(String latin1) {
    static Bytes of(String text, Charset charset) {
      return new Bytes(new String(text.getBytes(charset), ISO_8859_1));
    }

    byte[] all() {
      return latin1.getBytes(ISO_8859_1);
    }
  }

  record Written(String what, RecordFormat format, Bytes file) {
    byte[] bytes() {
      return file.all();
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Written> sameUsers() {
    String tabs = COMMAS.replace(',', '\t');
    String semicolons = COMMAS.replace(',', ';');
    String json =
        """
        {"email":"ada@example.org","display_name":"Zoë","roles":["a","b"],"email_verified":true}
        {"email":"b@example.org"}
        """;
    return Stream.of(
        csv("commas", COMMAS, UTF_8),
        csv("semicolons", semicolons, UTF_8),
        csv("tabs", tabs, UTF_8),
        csv("roles between commas", semicolons.replace("a;b", "a, b"), UTF_8),
        csv("roles as PostgreSQL's array", COMMAS.replace("a;b", "{a,b}"), UTF_8),
        csv("quoted header", COMMAS.replaceFirst("email,", "\"email\","), UTF_8),
        csv("header in capitals", COMMAS.replaceFirst("email,", "EMAIL ,"), UTF_8),
        csv("UTF-8 with a mark", MARK + COMMAS, UTF_8),
        csv("UTF-16 LE", MARK + semicolons, UTF_16LE),
        csv("UTF-16 BE", MARK + tabs, UTF_16BE),
        csv("CR LF", COMMAS.replace("\n", "\r\n"), UTF_8),
        csv("CR alone", COMMAS.replace("\n", "\r"), UTF_8),
        csv("CR LF in UTF-16", MARK + COMMAS.replace("\n", "\r\n"), UTF_16LE),
        csv("without the last line end", COMMAS.strip(), UTF_8),
        csv("CR at the very end", COMMAS.strip() + "\r", UTF_8),
        csv(
            "NULL of COPY",
            tabs.replace("b@example.org\t\t\t", "b@example.org\t\\N\t\\N\t\\N"),
            UTF_8),
        new Written("JSON", RecordFormat.NDJSON, Bytes.of(json, UTF_8)),
        new Written("JSON in UTF-16", RecordFormat.NDJSON, Bytes.of(MARK + json, UTF_16LE)),
        new Written("JSON, CR", RecordFormat.NDJSON, Bytes.of(json.replace('\n', '\r'), UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("sameUsers")
  void readsTheSameUsers(Written written) throws IOException {
    UserLines lines = UserLines.of(new ByteArrayInputStream(written.bytes()), written.format());

    List<UserRecord> users = new ArrayList<>();
    for (Line line : all(lines)) {
      assertThat(line).isInstanceOf(Line.Filled.class);
      users.add(((Line.Filled) line).user());
    }

    assertThat(users)
        .extracting(UserRecord::email)
        .extracting(Optional::orElseThrow)
        .containsExactly("ada@example.org", "b@example.org");
    assertThat(users.getFirst().profile().text(Profile.Field.DISPLAY_NAME)).contains("Zoë");
    assertThat(users.getFirst().roles()).containsExactly("a", "b");
    assertThat(users.getFirst().emailVerified()).contains(true);
    assertThat(users.getLast().roles()).isEmpty();
    assertThat(users.getLast().profile().text(Profile.Field.DISPLAY_NAME)).isEmpty();
    assertThat(users.getLast().emailVerified()).isEmpty();
    assertThat(lines.passed()).isEqualTo(written.bytes().length);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true", "TRUE, true", "True, true", "t, true", "T, true", "1, true", "yes, true",
    "Y, true", "on, true", "false, false", "FALSE, false", "False, false", "f, false", "0, false",
    "no, false", "N, false", "off, false"
  })
  void readsTruthAsSpreadsheetsAndDatabasesWriteIt(String written, boolean meant)
      throws IOException {
    var line = onlyLine("email,email_verified\na@example.org," + written + "\n", UTF_8);
    assertThat(((Line.Filled) line).user().emailVerified()).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"maybe", "2", "tr", "wahr"})
  void readsNothingElseAsTruth(String written) throws IOException {
    var line = onlyLine("email,email_verified\na@example.org," + written + "\n", UTF_8);
    assertThat(faults(line))
        .singleElement()
        .satisfies(fault -> assertThat(fault.field()).isEqualTo("email_verified"));
  }

  @Test
  void goesOnInTheMiddleOfEachForm() throws IOException {
    for (Written written : sameUsers().toList()) {
      var lines = UserLines.of(new ByteArrayInputStream(written.bytes()), written.format());
      lines.skip(written.format() == RecordFormat.CSV ? 2 : 1);
      List<Line> rest = all(lines);
      assertThat(rest).as(written.what()).hasSize(1);
      assertThat(((Line.Filled) rest.getFirst()).user().email()).contains("b@example.org");
      assertThat(rest.getFirst().number()).isEqualTo(written.format() == RecordFormat.CSV ? 3 : 2);
    }
  }

  @Test
  void cutsLinesWhereBuffersEnd() throws IOException {
    for (int size = 64 * 1_024 - 3; size <= 64 * 1_024 + 3; size++) {
      String blanks = "\r\n".repeat(10) + " ".repeat(10_000) + "\r\n";
      String text = "email\r\n" + blanks.repeat(7);
      text = text.substring(0, size - 2) + "\r\na@example.org\r\nb@example.org\r\n";
      List<Line> filled =
          all(UserLines.of(new ByteArrayInputStream(text.getBytes(UTF_8)), RecordFormat.CSV))
              .stream()
              .filter(Line.Filled.class::isInstance)
              .toList();
      long lineEnds = text.lines().count();
      assertThat(filled).extracting(Line::number).containsExactly(lineEnds - 1, lineEnds);
    }
  }

  record Refused(String what, Bytes file, String cause) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Refused> headers() {
    return Stream.of(
        new Refused("UTF-16 without a mark", Bytes.of(COMMAS, UTF_16LE), "byte order mark"),
        new Refused("UTF-16 BE without a mark", Bytes.of(COMMAS, UTF_16BE), "byte order mark"),
        new Refused("UTF-32", Bytes.of(MARK + COMMAS, Charset.forName("UTF-32LE")), "UTF-32"),
        new Refused("UTF-32 BE", Bytes.of(MARK + COMMAS, Charset.forName("UTF-32BE")), "UTF-32"),
        new Refused("Latin 1", Bytes.of("email,Größe\n", ISO_8859_1), "not UTF-8"),
        new Refused(
            "between bars", Bytes.of("email|display_name\n", UTF_8), "comma, semicolon or tab"),
        new Refused("a workbook", Bytes.of("PK\u0003\u0004\u0000\u0000", UTF_8), "zip archive"),
        new Refused("compressed", Bytes.of("\u001F\u008B\b\0\0\0", ISO_8859_1), "gzip"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void namesTheCauseOfAHeaderThatCannotBeRead(Refused file) {
    assertThatThrownBy(
            () -> UserLines.of(new ByteArrayInputStream(file.file().all()), RecordFormat.CSV))
        .isInstanceOfSatisfying(
            InvalidFields.class,
            invalid -> assertThat(invalid.errors().getFirst().message()).contains(file.cause()));
  }

  @Test
  void namesTheCauseOfALineThatCannotBeRead() throws IOException {
    assertThat(faults(onlyLine("email\nzoë@example.org\n", ISO_8859_1)).getFirst().message())
        .isEqualTo("It is not UTF-8.");
    var lone = (MARK + "email\na\uD800@example.org\n").toCharArray();
    var bytes = new byte[2 * lone.length];
    for (int place = 0; place < lone.length; place++) {
      bytes[2 * place] = (byte) lone[place];
      bytes[2 * place + 1] = (byte) (lone[place] >> 8);
    }
    var lines = UserLines.of(new ByteArrayInputStream(bytes), RecordFormat.CSV);
    assertThat(faults(all(lines).getFirst()).getFirst().message()).isEqualTo("It is not UTF-16.");
  }

  private static Written csv(String what, String text, Charset charset) {
    return new Written(what, RecordFormat.CSV, Bytes.of(text, charset));
  }

  private static Line onlyLine(String text, Charset charset) throws IOException {
    var lines = UserLines.of(new ByteArrayInputStream(text.getBytes(charset)), RecordFormat.CSV);
    return all(lines).getFirst();
  }

  private static List<FieldError> faults(Line line) {
    return ((Line.Unreadable) line).faults();
  }

  private static List<Line> all(UserLines lines) throws IOException {
    var all = new ArrayList<Line>();
    for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      all.add(line.get());
    }
    return all;
  }
}
