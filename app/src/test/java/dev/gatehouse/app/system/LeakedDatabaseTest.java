package dev.gatehouse.app.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.app.system.ApiClient.ApiResponse;
import dev.gatehouse.postgres.embedded.RunningServer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uses an installation in earnest, takes a copy of its whole database as a thief would, and looks
/// in it for everything that would be of use.
class LeakedDatabaseTest {
  private static final String EMAIL = "ada@example.org";
  private static final String PASSWORD = "canary password 71b3";
  private static final String NEXT_PASSWORD = "second canary 5e90";
  private static final String WRONG_PASSWORD = "wrong canary 44d2";
  private static final String MISTYPED = "password-as-address-canary-9a1c";
  private static final String IDEMPOTENCY_KEY = "idempotency-canary-0c77";

  private static final List<String> USED =
      List.of(
          "users",
          "sessions",
          "revocations",
          "server_keys",
          "api_keys",
          "audit_events",
          "registrations");

  private final Map<String, byte[]> canaries = new LinkedHashMap<>();

  @Test
  void aCopyOfTheDatabaseHoldsNothingOfUse(@TempDir Path folder) throws Exception {
    try (var program = RunningGatehouse.start(folder.resolve("data"), Map.of())) {
      useInEarnest(program);
      note("a private key", beginningOfPrivateKeys());
      note("the secret key", Base64.getDecoder().decode(program.secretKey()));

      Map<String, String> tables = tables(program.database());

      assertThat(tables.get("users")).contains(EMAIL, "$argon2id$");
      assertThat(USED).allSatisfy(table -> assertThat(tables.get(table)).as(table).isNotBlank());
      tables.forEach(
          (name, rows) ->
              canaries.forEach(
                  (canary, bytes) ->
                      assertThat(forms(bytes))
                          .as("%s in the table %s", canary, name)
                          .noneMatch(rows::contains)));
      wouldBeFound(program.database());
    }
  }

  private void useInEarnest(RunningGatehouse program) throws Exception {
    var client = program.client();
    assertThat(client.register(EMAIL, PASSWORD, IDEMPOTENCY_KEY).status()).isEqualTo(201);
    client.signIn(EMAIL, WRONG_PASSWORD);
    client.signIn(MISTYPED, PASSWORD);
    ApiResponse first = client.signIn(EMAIL, PASSWORD);
    ApiResponse second = client.refresh(first.text("refresh_token"));
    ApiResponse third = client.refresh(second.text("refresh_token"));
    ApiResponse other = client.signIn(EMAIL, PASSWORD);
    assertThat(other.status()).isEqualTo(201);
    String change =
        "{\"current_password\":\"%s\",\"new_password\":\"%s\"}".formatted(PASSWORD, NEXT_PASSWORD);
    assertThat(client.send("PUT", "/v1/users/me/password", bearer(third), change).status())
        .isEqualTo(204);
    String key = program.command("", "keys", "create", "leak", "--scope", "users:read").strip();
    assertThat(client.get("/v1/users", Optional.of(key)).status()).isEqualTo(200);

    for (String text :
        List.of(PASSWORD, NEXT_PASSWORD, WRONG_PASSWORD, MISTYPED, IDEMPOTENCY_KEY, key)) {
      note(text, text.getBytes(UTF_8));
    }
    note("the API key's secret", decoded(key.substring(key.indexOf('_') + 1)));
    for (ApiResponse response : List.of(first, second, third, other)) {
      noteTokens(response);
    }
    awaitAudit(program.database());
  }

  private static Map<String, String> bearer(ApiResponse signedIn) {
    return Map.of("Authorization", "Bearer " + signedIn.text("access_token"));
  }

  /// As they were given out, and the secret parts of what they encode.
  private void noteTokens(ApiResponse response) {
    String refresh = response.text("refresh_token");
    String access = response.text("access_token");
    assertThat(refresh).isNotEmpty();
    note(refresh, refresh.getBytes(UTF_8));
    note(access, access.getBytes(UTF_8));
    note("a signature", decoded(access.substring(access.lastIndexOf('.') + 1)));
    note("the secret of " + refresh, RefreshToken.parse(refresh).orElseThrow().secret());
  }

  private void note(String name, byte[] bytes) {
    canaries.put(name, bytes);
  }

  /// The audit log is written a moment later.
  private static void awaitAudit(RunningServer database) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> tables(database).getOrDefault("audit_events", "").contains("password_changed"));
  }

  /// All tables, with every row as text.
  private static Map<String, String> tables(RunningServer database) throws SQLException {
    var contents = new LinkedHashMap<String, String>();
    try (Connection connection = connect(database)) {
      for (String table :
          column(
              connection,
              """
              SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
              WHERE relkind IN ('r', 'p', 'm') AND nspname NOT IN ('pg_catalog', 'information_schema')
                AND nspname NOT LIKE 'pg_toast%'
              """)) {
        List<String> rows = column(connection, "SELECT t::text FROM " + table + " AS t");
        contents.put(table, String.join("\n", rows));
      }
    }
    return contents;
  }

  /// Shows that the search would find each form of each canary where bytes and texts are kept.
  private void wouldBeFound(RunningServer database) throws SQLException {
    try (Connection connection = connect(database);
        var insert = connection.prepareStatement("INSERT INTO found VALUES (?, ?)")) {
      connection.setAutoCommit(false);
      connection.createStatement().execute("CREATE TABLE found (bytes bytea, encoded text)");
      for (byte[] canary : canaries.values()) {
        insert.setBytes(1, canary);
        insert.setString(2, Base64.getEncoder().encodeToString(canary));
        insert.execute();
      }
      String rows = String.join("\n", column(connection, "SELECT t::text FROM found AS t"));
      assertThat(canaries.values())
          .allSatisfy(
              canary ->
                  assertThat(forms(canary).filter(rows::contains)).hasSizeGreaterThanOrEqualTo(2));
      connection.rollback();
    }
  }

  /// As text, as hexadecimal digits, and in base64 at each of the three places it may begin at.
  private static Stream<String> forms(byte[] bytes) {
    var forms = new ArrayList<String>();
    forms.add(new String(bytes, UTF_8));
    forms.add(new String(bytes, ISO_8859_1));
    forms.add(HexFormat.of().formatHex(bytes));
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[bytes.length + shift];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      // Without the characters that depend on what is before and behind.
      int whole = (bytes.length - (3 - shift) % 3) / 3 * 4;
      int from = shift == 0 ? 0 : 4;
      String standard = Base64.getEncoder().encodeToString(shifted).substring(from, from + whole);
      forms.add(standard);
      forms.add(standard.replace('+', '-').replace('/', '_'));
    }
    return forms.stream().distinct();
  }

  /// What all private keys of the curve have in common when they are written down (PKCS #8).
  private static byte[] beginningOfPrivateKeys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
    return Arrays.copyOf(key, key.length - 32);
  }

  private static byte[] decoded(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  private static Connection connect(RunningServer database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  private static List<String> column(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
