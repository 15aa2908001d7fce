package dev.gatehouse.postgres.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.postgres.backup.DatabaseRestore.Options;
import dev.gatehouse.postgres.backup.DatabaseRestore.Restored;
import dev.gatehouse.postgres.fixture.TestDatabase;
import dev.gatehouse.postgres.migration.Migrations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupAndRestoreTest {
  private static final Options INTO_EMPTY = new Options(false, false, false);
  private static final Options REPLACE = new Options(true, false, false);
  private static final Options KEEP_SESSIONS = new Options(false, true, false);
  private static final Progress UNSEEN = (_, _) -> {};

  @TempDir private Path folder;

  @Test
  void bringsBackEveryRowOfEveryTable() throws Exception {
    try (var from = TestDatabase.create();
        var to = TestDatabase.createEmpty()) {
      var before = new FilledDatabase(from.settings());
      var after = new FilledDatabase(to.settings());
      before.fill(30);
      Path file = folder.resolve("whole.backup");

      var written = new DatabaseBackup(from.settings()).write(file, UNSEEN);

      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.size(file)).isEqualTo(written.bytes());
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).containsExactly(file);
      }

      Restored restored = restore(to, file, KEEP_SESSIONS);

      List<String> saved = new ArrayList<>(before.tables());
      saved.removeAll(Catalog.LEFT_OUT);
      assertThat(restored.rows().keySet()).containsExactlyInAnyOrderElementsOf(saved);
      assertThat(restored.skipped()).isEmpty();
      assertThat(restored.endedSessions()).isZero();
      for (String table : saved) {
        assertThat(before.text("SELECT count(*) FROM " + table)).as(table).isNotEqualTo("0");
      }
      List<String> settled = List.of("revocations");
      List<String> unchanged = new ArrayList<>(saved);
      unchanged.removeAll(settled);
      assertThat(after.digest(unchanged)).isEqualTo(before.digest(unchanged));
      assertThat(after.text("SELECT count(*) FROM revocations")).isEqualTo("5");
      assertThat(after.text("SELECT count(*) FROM user_changes")).isEqualTo("0");
      assertThat(after.text("SELECT count(*) FROM instances")).isEqualTo("0");
      assertThat(new Migrations(to.settings()).check()).isEmpty();
      assertThat(new Migrations(to.settings()).version()).isEqualTo(Migrations.newest());
    }
  }

  /// Every table that a migration adds must be filled by these tests, or be left out by name.
  @Test
  void knowsWhatBecomesOfEveryTable() throws Exception {
    try (var database = TestDatabase.create()) {
      var stored = new FilledDatabase(database.settings());
      stored.fill(3);
      for (String table : stored.tables()) {
        assertThat(stored.text("SELECT count(*) FROM " + table))
            .as("rows of the table %s, which FilledDatabase is to fill", table)
            .isNotEqualTo("0");
      }
      var manifest =
          new DatabaseBackup(database.settings()).write(folder.resolve("all"), UNSEEN).manifest();
      List<String> known = new ArrayList<>(Catalog.LEFT_OUT);
      manifest.tables().forEach(table -> known.add(table.name()));
      assertThat(known).containsExactlyInAnyOrderElementsOf(stored.tables());
    }
  }

  @Test
  void endsAllSessionsAndRevokesTheirTokens() throws Exception {
    try (var from = TestDatabase.create();
        var to = TestDatabase.create()) {
      new FilledDatabase(from.settings()).fill(4);
      var after = new FilledDatabase(to.settings());
      after.fill(7);
      String old = after.text("SELECT string_agg(id::text, ',') FROM sessions");
      Path file = backup(from);

      Restored restored = restore(to, file, REPLACE);

      assertThat(restored.endedSessions()).isEqualTo(11);
      assertThat(after.text("SELECT count(*) FROM users")).isEqualTo("4");
      assertThat(after.text("SELECT count(*) FROM sessions")).isEqualTo("0");
      assertThat(after.text("SELECT count(*) FROM revocations")).isEqualTo("15");
      assertThat(
              after.text(
                  "SELECT count(*) FROM revocations WHERE session_id = ANY ('{%s}')"
                      .formatted(old)))
          .isEqualTo("7");
    }
  }

  @Test
  void setsSequencesAboveWhatWasGiven() throws Exception {
    try (var from = TestDatabase.create();
        var to = TestDatabase.createEmpty()) {
      var before = new FilledDatabase(from.settings());
      before.fill(2);
      before.execute("DELETE FROM audit_events WHERE sequence > 5");
      restore(to, backup(from), INTO_EMPTY);

      String next =
          new FilledDatabase(to.settings())
              .text(
                  "INSERT INTO audit_events (recorded_at, event, actor, subject, ip, request_id) VALUES (now(), '', '', '', '', '') RETURNING sequence");
      assertThat(next).isEqualTo("10");
    }
  }

  @Test
  void showsOneMomentWhileUsersRegister() throws Exception {
    try (var from = TestDatabase.create();
        var to = TestDatabase.createEmpty()) {
      var before = new FilledDatabase(from.settings());
      before.fill(2_000);
      Path file = folder.resolve("while-serving");

      new DatabaseBackup(from.settings()).write(file, (_, _) -> registerAndSignIn(before));

      assertThat(before.text("SELECT count(*) > 1 FROM sessions WHERE user_agent = 'late'"))
          .isEqualTo("t");
      restore(to, file, KEEP_SESSIONS);

      var after = new FilledDatabase(to.settings());
      assertThat(after.text("SELECT count(*) FROM users")).isEqualTo("2000");
      assertThat(after.text("SELECT count(*) FROM sessions")).isEqualTo("2000");
      assertThat(
              after.text(
                  "SELECT count(*) FROM sessions WHERE user_id NOT IN (SELECT id FROM users)"))
          .isEqualTo("0");
    }
  }

  @Test
  void refusesWhatIsDamagedOrForeignBeforeAnythingIsChanged() throws Exception {
    try (var from = TestDatabase.create();
        var to = TestDatabase.createEmpty()) {
      new FilledDatabase(from.settings()).fill(20);
      byte[] whole = Files.readAllBytes(backup(from));
      var random = new Random(7);
      List<byte[]> damaged = new ArrayList<>();
      for (int round = 0; round < 200; round++) {
        damaged.add(Arrays.copyOf(whole, random.nextInt(whole.length)));
        byte[] flipped = whole.clone();
        flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
        damaged.add(flipped);
      }
      damaged.add(Arrays.copyOf(whole, whole.length + 1));
      damaged.add("PGDMP and more".getBytes(StandardCharsets.US_ASCII));
      damaged.add(anyZip());
      Path file = folder.resolve("damaged");
      for (byte[] bytes : damaged) {
        Files.write(file, bytes);
        assertThatThrownBy(() -> restore(to, file, INTO_EMPTY))
            .isInstanceOf(BackupException.class)
            .message()
            .matches(".*(damaged|cut short|pg_dump|not a backup).*");
      }
      assertThat(new FilledDatabase(to.settings()).tables()).isEmpty();
    }
  }

  @Test
  void refusesADatabaseThatIsInUse() throws Exception {
    try (var from = TestDatabase.create();
        var to = TestDatabase.create()) {
      new FilledDatabase(from.settings()).fill(3);
      Path file = backup(from);
      var target = new FilledDatabase(to.settings());
      target.fill(2);

      assertThatThrownBy(() -> restore(to, file, INTO_EMPTY))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("--replace")
          .hasMessageContaining("users");
      target.execute("INSERT INTO instances (id, seen_at) VALUES (gen_random_uuid(), now())");
      assertThatThrownBy(() -> restore(to, file, REPLACE))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("instances are running");
      assertThat(target.text("SELECT count(*) FROM users")).isEqualTo("2");
      target.execute("UPDATE instances SET seen_at = now() + interval '1 hour'");
      restore(to, file, REPLACE);
      assertThat(target.text("SELECT count(*) FROM users")).isEqualTo("3");
    }
  }

  @Test
  void restoresABackupOfAnOlderSchemaAndMigratesIt() throws Exception {
    try (var from = TestDatabase.createEmpty();
        var to = TestDatabase.createEmpty();
        var newer = TestDatabase.create()) {
      new Migrations(from.settings()).migrateTo(8);
      new FilledDatabase(from.settings())
          .execute("INSERT INTO registrations VALUES ('key', 'request', gen_random_uuid(), now())");
      Path file = backup(from);

      Restored restored = restore(to, file, INTO_EMPTY);

      assertThat(restored.migrations()).isGreaterThanOrEqualTo(2);
      assertThat(new Migrations(to.settings()).check()).isEmpty();
      var after = new FilledDatabase(to.settings());
      assertThat(after.text("SELECT key || coalesce(claimed_until::text, '-') FROM registrations"))
          .isEqualTo("key-");
      for (Options options : List.of(INTO_EMPTY, REPLACE)) {
        assertThatThrownBy(() -> restore(newer, file, options))
            .isInstanceOf(BackupException.class)
            .hasMessageContaining("schema version 8")
            .hasMessageContaining("a new, empty database")
            .hasMessageContaining("move the folder postgres out of the data folder")
            .hasMessageContaining("--replace does not");
      }
    }
  }

  @Test
  void refusesABackupOfANewerSchema() throws Exception {
    try (var from = TestDatabase.create();
        var to = TestDatabase.createEmpty()) {
      new FilledDatabase(from.settings())
          .execute(
              "INSERT INTO flyway_schema_history VALUES (999, '999', 'later', 'SQL', 'x', 0, 'x', now(), 1, true)");
      Path file = backup(from);
      assertThatThrownBy(() -> restore(to, file, INTO_EMPTY))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("schema version 999");
      assertThat(new FilledDatabase(to.settings()).tables()).isEmpty();
    }
  }

  @Test
  void replacesNoFileAndNeedsTables() throws Exception {
    try (var from = TestDatabase.create();
        var nothing = TestDatabase.createEmpty()) {
      Path file = backup(from);
      assertThatThrownBy(() -> new DatabaseBackup(from.settings()).write(file, UNSEEN))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("exists");
      Path other = folder.resolve("other");
      assertThatThrownBy(() -> new DatabaseBackup(nothing.settings()).write(other, UNSEEN))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("nothing to back up");
      assertThat(other).doesNotExist();
    }
  }

  @Test
  void leavesOutWhatOthersKeepInTheSchemaAndLosesNoKeyByChoice() throws Exception {
    try (var from = TestDatabase.create();
        var to = TestDatabase.createEmpty()) {
      var before = new FilledDatabase(from.settings());
      before.fill(2);
      before.execute("CREATE TABLE notes (text text); INSERT INTO notes VALUES ('theirs')");
      Path file = backup(from);
      try (Archive archive = Archive.open(file)) {
        assertThat(StoredServerKeys.in(archive)).hasSize(2);
      }

      Restored restored = restore(to, file, new Options(false, false, true));

      assertThat(restored.skipped()).containsExactly("notes");
      assertThat(new FilledDatabase(to.settings()).text("SELECT count(*) FROM server_keys"))
          .isEqualTo("0");
    }
  }

  @Test
  void tellsHowFarItHasCome() throws Exception {
    assertThat(moved(10_000)).hasSizeGreaterThan(10).isSorted();
  }

  @Test
  @Tag("evidence")
  void movesAHundredThousandUsersInSeconds() throws Exception {
    long begun = System.nanoTime();
    moved(100_000);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(1));
  }

  /// The fractions of the backup that were told.
  private List<Double> moved(long users) throws Exception {
    try (var from = TestDatabase.create();
        var to = TestDatabase.createEmpty()) {
      new FilledDatabase(from.settings()).fill((int) users);
      List<Double> fractions = new ArrayList<>();
      Path file = folder.resolve("large");
      long begun = System.nanoTime();
      var backup = new DatabaseBackup(from.settings());
      long bytes = backup.write(file, (_, part) -> fractions.add(part)).bytes();
      long backedUp = System.nanoTime();
      Restored restored = restore(to, file, KEEP_SESSIONS);
      System.out.printf(
          "%d users: %d bytes, backup %d ms, restore %d ms%n",
          users, bytes, (backedUp - begun) / 1_000_000, (System.nanoTime() - backedUp) / 1_000_000);
      assertThat(restored.rows()).containsEntry("users", users).containsEntry("sessions", users);
      return fractions;
    }
  }

  private Path backup(TestDatabase database) throws IOException {
    Path file = folder.resolve("backup-" + System.nanoTime());
    new DatabaseBackup(database.settings()).write(file, UNSEEN);
    return file;
  }

  private static Restored restore(TestDatabase database, Path file, Options options)
      throws IOException {
    try (Archive archive = Archive.open(file)) {
      return new DatabaseRestore(database.settings()).run(archive, options, UNSEEN);
    }
  }

  private static void registerAndSignIn(FilledDatabase database) {
    try {
      database.execute(
          """
          WITH late AS (
            INSERT INTO users SELECT gen_random_uuid(), x, x, NULL, true, 'active', '{}', '$', 1, now(), now()
            FROM (SELECT 'late' || gen_random_uuid()) AS t (x) RETURNING id
          )
          INSERT INTO sessions (id, user_id, token_hash, generation, rotations, created_at,
            last_used_at, idle_expires_at, expires_at, user_agent, ip)
          SELECT gen_random_uuid(), id, sha256('x'), 1, '{}', now(), now(), now(), now(), 'late', ''
          FROM late
          """);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static byte[] anyZip() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("manifest.txt"));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }
}
