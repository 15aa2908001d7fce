package dev.gatehouse.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.command.operator.FakeProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Users in and out of files, over stores in memory.
class TransferTest {
  private static final String ADA =
      """
      {"email":"ada@example.org","display_name":"Ada, \\"the\\" Countess","email_verified":true,\
      "status":"disabled","roles":["billing","admin"],"password_hash":"$a",\
      "created_at":"2020-01-31T12:00:00Z","id":"0198f3c4-0000-7000-8000-000000000001"}
      """;

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FakeProgram program = new FakeProgram();
  private String input = "";

  @Test
  void importsWhatCanBeAndListsTheRestByLine() throws IOException {
    Path file =
        write(
            "users.ndjson",
            ADA,
            "\n",
            "{\"email\":\"ADA@example.org\",\"password_hash\":\"$a\"}\n",
            "{\"email\":\"eve\",\"password_hash\":\"plain\"}\r\n",
            "not json\n",
            "{\"email\":\"bob@example.org\",\"password_hash\":\"$a\",\"shoe\":42,\"roles\":\"x\"}\n",
            "{\"email\":\"bob@example.org\",\"password_hash\":\"$a\",\"email\":\"c@example.org\"}\n",
            "{\"email\":\"" + "x".repeat(20_000) + "\"}\n",
            "{\"email\":\"last@example.org\",\"password_hash\":\"$a\"}");

    assertThat(run("import", file.toString(), "--json")).isEqualTo(1);

    assertThat(new JsonMapper().readTree(text(out)))
        .isEqualTo(new JsonMapper().readTree("{\"imported\":2,\"rejected\":6,\"last_line\":9}"));
    assertThat(text(err).lines())
        .containsExactly(
            "line 3: email: The email address already has an account. (EMAIL_TAKEN)",
            "line 4: email: It is not an email address. (invalid)",
            "line 4: password_hash: It is of no known form, or would cost too much to check."
                + " (invalid)",
            "line 5: line: It is not one JSON object with each field once. (invalid)",
            "line 6: shoe: The field is not known here. (unknown)",
            "line 6: roles: The field must be a list of strings. (wrong_type)",
            "line 7: line: It is not one JSON object with each field once. (invalid)",
            "line 8: line: It has more than 16384 bytes. (too_long)",
            "gatehouse: 6 lines were rejected; the others are imported");
    assertThat(run("users", "show", "last@example.org")).isZero();
  }

  @Test
  void importsAFileOnceHoweverOftenItIsTold() throws IOException {
    Path file = write("users.ndjson", ADA);
    assertThat(run("import", file.toString())).isZero();
    assertThat(text(out)).isEqualTo("1 imported, 0 rejected\n");

    assertThat(run("import", file.toString())).isZero();
    assertThat(text(out).lines())
        .containsExactly("1 imported, 0 rejected", "1 imported, 0 rejected");
    assertThat(text(err)).isEqualTo("going on after line 1\n");

    assertThat(run("import", "--restart", file.toString())).isEqualTo(1);
    assertThat(text(err)).contains("line 1: email: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"users.csv", "users.ndjson"})
  void takesInWhatItGaveOut(String name) throws IOException {
    run(
        "import",
        write("in.ndjson", ADA, plain("b@example.org"), plain("c@example.org")).toString());
    String file = folder.resolve(name).toString();

    assertThat(run("export", file, "--with-password-hashes")).isZero();

    assertThat(Files.getPosixFilePermissions(Path.of(file)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    List<String> before = Files.readAllLines(Path.of(file));
    assertThat(run("export", file)).isEqualTo(1);
    assertThat(text(err)).contains("--resume");

    program = new FakeProgram();
    assertThat(run("import", file)).isZero();
    String again = folder.resolve("again-" + name).toString();
    assertThat(run("export", again, "--with-password-hashes")).isZero();
    assertThat(Files.readAllLines(Path.of(again))).isEqualTo(before);
    assertThat(String.join("", before)).contains("admin", "billing", "Countess", "2020-01-31");
  }

  @ParameterizedTest
  @ValueSource(strings = {"users.csv", "users.ndjson"})
  void goesOnWithAnExportThatWasBrokenOff(String name) throws IOException {
    run(
        "import",
        write("in.ndjson", ADA, plain("b@example.org"), plain("c@example.org")).toString());
    Path file = folder.resolve(name);
    assertThat(run("export", file.toString())).isZero();
    String whole = Files.readString(file);
    assertThat(whole).doesNotContain("$a", "password_hash");

    for (int length = whole.length(); length >= 0; length -= 41) {
      Files.writeString(file, whole.substring(0, length));
      assertThat(run("export", file.toString(), "--resume")).isZero();
      assertThat(Files.readString(file)).isEqualTo(whole);
    }
    assertThat(run("export", file.toString(), "--resume", "--with-password-hashes")).isEqualTo(2);
    assertThat(Files.readString(file)).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"notes without an end", "notes\nand more\n", "{\"email\":\"a@example.org\"}\n"})
  void goesOnWithNothingThatSomebodyElseWrote(String text) throws IOException {
    for (String name : List.of("users.csv", "users.ndjson")) {
      Path file = write(name, text);
      assertThat(run("export", file.toString(), "--resume")).isEqualTo(2);
      assertThat(Files.readString(file)).isEqualTo(text);
    }
  }

  @Test
  void readsStandardInputAndWritesStandardOutput() {
    input = "email,password_hash,roles\nada@example.org,$a,x;y\n\"b@example.org,$a,\n";

    assertThat(run("import", "-", "--format", "csv")).isEqualTo(1);
    assertThat(text(err).lines().findFirst().orElseThrow())
        .isEqualTo(
            "line 3: line: It is not a line of CSV: a quote is missing or one too many. (invalid)");
    out.reset();
    assertThat(run("export", "-", "--format", "ndjson", "--with-password-hashes")).isZero();

    var user = new JsonMapper().readTree(text(out));
    assertThat(user.required("email").stringValue()).isEqualTo("ada@example.org");
    assertThat(user.required("password_hash").stringValue()).isEqualTo("$a");
    assertThat(user.required("roles").size()).isEqualTo(2);
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    assertThat(run("import", folder.resolve("users.txt").toString())).isEqualTo(2);
    assertThat(text(err)).startsWith("gatehouse: --format: ");
    assertThat(run("import", folder.resolve("none.csv").toString())).isEqualTo(1);
    assertThat(text(err)).contains("gatehouse: there is no " + folder.resolve("none.csv"));
    assertThat(run("export", folder.resolve("none.csv").toString(), "--resume")).isEqualTo(1);
    assertThat(run("import", write("a.csv", "email,shoe\n").toString())).isEqualTo(2);
    assertThat(text(err)).contains("header: no field is called shoe; the fields are id, email, ");
    assertThat(run("import", write("b.csv", "id\n").toString())).isEqualTo(2);
    assertThat(run("import", write("c.csv", "").toString())).isEqualTo(2);
    assertThat(run("import", write("d.ndjson", "").toString())).isZero();
    assertThat(run("import", write("e.csv", "email,password_hash\na@example.org\n").toString()))
        .isEqualTo(1);
    assertThat(text(err)).contains("line 2: line: It has 1 values, the header names 2. (invalid)");
    assertThat(run("export", "-", "--format", "csv", "--resume")).isEqualTo(2);
  }

  private static String plain(String email) {
    return "{\"email\":\"%s\",\"password_hash\":\"$a\"}\n".formatted(email);
  }

  private Path write(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, String.join("", lines), StandardOpenOption.CREATE);
    return file;
  }

  private int run(String... arguments) {
    return program.run(out, err, input, arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(UTF_8);
  }
}
