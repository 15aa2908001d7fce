package dev.gatehouse.postgres.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// While an upgrade rolls out, the program before works on the new schema. So a script adds; one
/// that takes away comes a release later and says in its name which programs it still serves.
class ExpandAndContractTest {
  private static final Pattern CONTRACT = Pattern.compile("V([0-9]+)__contract_([0-9]+)_.+\\.sql");

  /// Comments, and bodies of functions, which are not run by the script.
  private static final Pattern UNREAD =
      Pattern.compile("(?s)--[^\\n]*|/\\*.*?\\*/|\\$\\$.*?\\$\\$");

  /// What the program before may stumble over: something it uses is gone, has another name or type,
  /// or asks for what it does not give. A default that gives way to a generated value in one
  /// statement is not missed.
  private static final Pattern TAKES_AWAY =
      Pattern.compile(
          "(?is)\\b(DROP(?!\\s+DEFAULT,\\s+ALTER\\s+COLUMN\\s+\\w+\\s+ADD\\s+GENERATED)|RENAME|TRUNCATE)\\b"
              + "|\\bALTER\\s+(COLUMN\\s+)?\\w+\\s+((SET\\s+DATA\\s+)?TYPE|SET\\s+NOT\\s+NULL)\\b"
              + "|\\bADD\\s+(CONSTRAINT|CHECK|UNIQUE|PRIMARY|FOREIGN|EXCLUDE)\\b");

  private static final Pattern NEW_COLUMN_THAT_ASKS =
      Pattern.compile("(?is)\\bADD\\s+(COLUMN\\s+)?\\w+\\s.*\\bNOT\\s+NULL\\b");
  private static final Pattern ANSWERS_ITSELF = Pattern.compile("(?i)\\b(DEFAULT|GENERATED)\\b");

  private static final Pattern NEW_TABLE =
      Pattern.compile("(?i)\\bCREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(\\w+)");
  private static final Pattern INDEX =
      Pattern.compile(
          "(?is)\\bCREATE\\s+(UNIQUE\\s+)?INDEX\\s+(CONCURRENTLY\\s+)?[^;]*?\\bON\\s+(?:ONLY\\s+)?(\\w+)");

  /// From before there was anything to wait for; or of an index that no row is in yet.
  private static final Set<String> INDEXED_WHILE_SMALL =
      Set.of(
          "V4__create_api_keys_and_directory_indexes.sql", "V13__order_feeds_by_transactions.sql");

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
        "ALTER TABLE users ALTER COLUMN age DROP DEFAULT;",
        "ALTER TABLE users ALTER COLUMN age DROP DEFAULT, ALTER COLUMN size SET DEFAULT 1;",
      })
  void itIsSeenWhenOneTakesAway(String script) {
    assertThat(takesAway(script)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void anIndexOnATableInUseIsMadeBesideItsWriters(Path script) throws IOException {
    String name = script.getFileName().toString();
    if (!INDEXED_WHILE_SMALL.contains(name)) {
      boolean badly = indexesBadly(Files.readString(script), CONTRACT.matcher(name).matches());
      assertThat(badly).as("%s indexes badly", script).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // What the program before writes may be there twice.
        "CREATE UNIQUE INDEX u ON users (display_name);",
        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS u ON users (display_name);",
        "ALTER TABLE users ADD COLUMN nick text; CREATE UNIQUE INDEX u ON users (nick);",
        // Writers wait until it is made.
        "CREATE INDEX n ON users (display_name);",
        "create index if not exists n on only users using hash (display_name);",
        "CREATE TABLE other (a text); CREATE INDEX n ON users (display_name);",
      })
  void itIsSeenWhenOneIndexesBadly(String script) {
    assertThat(indexesBadly(script, false)).isTrue();
  }

  @Test
  void itIsSeenWhenOneIndexesWell() {
    assertThat(
            indexesBadly(
                """
                -- CREATE INDEX is only spoken of ON users
                CREATE TABLE a (b integer NOT NULL);
                CREATE UNIQUE INDEX one ON a (b);
                CREATE INDEX two ON a (b);
                """,
                false))
        .isFalse();
    String beside = "CREATE INDEX CONCURRENTLY IF NOT EXISTS n ON users (display_name);";
    assertThat(indexesBadly(beside, false)).isFalse();
    String unique = "CREATE UNIQUE INDEX CONCURRENTLY n ON users (display_name);";
    assertThat(indexesBadly(unique, true)).as("in a script that contracts").isFalse();
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
                ALTER TABLE users
                  ALTER COLUMN wide DROP DEFAULT, ALTER COLUMN wide ADD GENERATED BY DEFAULT AS IDENTITY;
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

  /// On a table that was there before.
  private static boolean indexesBadly(String script, boolean contracts) {
    String read = UNREAD.matcher(script).replaceAll(" ");
    Set<String> made =
        NEW_TABLE
            .matcher(read)
            .results()
            .map(table -> table.group(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return INDEX
        .matcher(read)
        .results()
        .filter(index -> !made.contains(index.group(3).toLowerCase(Locale.ROOT)))
        .anyMatch(index -> (index.group(1) != null && !contracts) || index.group(2) == null);
  }

  private static boolean addsAColumnThatAsks(String clause) {
    return NEW_COLUMN_THAT_ASKS.matcher(clause).find() && !ANSWERS_ITSELF.matcher(clause).find();
  }
}
