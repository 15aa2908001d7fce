package dev.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// While an upgrade rolls out, the program before works on the new schema. So a script adds; one that
/// takes away comes a release later and says in its name which programs it still serves.
class ExpandAndContractTest {
  private static final Pattern CONTRACT = Pattern.compile("V([0-9]+)__contract_([0-9]+)_.+\\.sql");

  /// Comments, and bodies of functions, which are not run by the script.
  private static final Pattern UNREAD =
      Pattern.compile("(?s)--[^\\n]*|/\\*.*?\\*/|\\$\\$.*?\\$\\$");

  /// What the program before may stumble over: something it uses is gone, has another name or type, or
  /// asks for what it does not give.
  private static final Pattern TAKES_AWAY =
      Pattern.compile(
          "(?is)\\b(DROP|RENAME|TRUNCATE)\\b"
              + "|\\bALTER\\s+(COLUMN\\s+)?\\w+\\s+((SET\\s+DATA\\s+)?TYPE|SET\\s+NOT\\s+NULL)\\b"
              + "|\\bADD\\s+(CONSTRAINT|CHECK|UNIQUE|PRIMARY|FOREIGN|EXCLUDE)\\b");

  private static final Pattern NEW_COLUMN_THAT_ASKS =
      Pattern.compile("(?is)\\bADD\\s+(COLUMN\\s+)?\\w+\\s.*\\bNOT\\s+NULL\\b");
  private static final Pattern ANSWERS_ITSELF = Pattern.compile("(?i)\\b(DEFAULT|GENERATED)\\b");

  static List<Path> scripts() throws IOException, URISyntaxException {
    var folder = Objects.requireNonNull(Migrations.class.getResource("/db/migration"), "scripts");
    try (var scripts = Files.list(Path.of(folder.toURI()))) {
      return scripts.toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void aScriptAddsOrSaysWhomItStillServes(Path script) throws IOException {
    var contract = CONTRACT.matcher(script.getFileName().toString());
    if (contract.matches()) {
      int version = Integer.parseInt(contract.group(1));
      assertThat(Integer.parseInt(contract.group(2)))
          .as("serves the program before itself, but no program of the future")
          .isLessThan(version);
      return;
    }
    assertThat(takesAway(Files.readString(script))).as("%s takes away", script).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE users;",
        "ALTER TABLE users DROP COLUMN email;",
        "ALTER TABLE users RENAME email TO mail;",
        "ALTER TABLE users ALTER COLUMN email TYPE varchar(10);",
        "ALTER TABLE users ALTER email SET NOT NULL;",
        "ALTER TABLE users ADD COLUMN age integer NOT NULL;",
        "ALTER TABLE users ADD age integer NOT NULL;",
        "ALTER TABLE users ADD CONSTRAINT short CHECK (length(email) < 9);",
        "truncate users;",
      })
  void itIsSeenWhenOneTakesAway(String script) {
    assertThat(takesAway(script)).isTrue();
  }

  @Test
  void itIsSeenWhenOneOnlyAdds() {
    assertThat(
            takesAway(
                """
                -- DROP is only spoken of
                CREATE TABLE a (b integer NOT NULL, CONSTRAINT c UNIQUE (b));
                ALTER TABLE users ADD COLUMN age integer, ADD COLUMN size integer NOT NULL DEFAULT 0;
                ALTER TABLE users ADD COLUMN wide integer DEFAULT 0 NOT NULL;
                CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DROP TABLE x; END $$;
                """))
        .isFalse();
  }

  private static boolean takesAway(String script) {
    String read = UNREAD.matcher(script).replaceAll(" ");
    return TAKES_AWAY.matcher(read).find()
        || Pattern.compile("[,;]")
            .splitAsStream(read)
            .anyMatch(ExpandAndContractTest::addsAColumnThatAsks);
  }

  private static boolean addsAColumnThatAsks(String clause) {
    return NEW_COLUMN_THAT_ASKS.matcher(clause).find() && !ANSWERS_ITSELF.matcher(clause).find();
  }
}
