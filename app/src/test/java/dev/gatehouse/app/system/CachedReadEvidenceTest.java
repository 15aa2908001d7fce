package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `GET /v1/users/me` costs the server, all filters and limits on, when the user is in memory
/// and when each read needs a query: the same 200 users alternating, with room for all of them or
/// for one. One core for the server, the other for its PostgreSQL and the load.
@Tag("evidence")
class CachedReadEvidenceTest {
  private static final String PASSWORD = "correct horse battery";
  private static final int USERS = 200;
  private static final int CONNECTIONS = 32;
  private static final int WARM_UP_SECONDS = 90;
  private static final int ROUNDS = 3;
  private static final int SECONDS = 8;
  private static final long STANDSTILL = 1_000;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "GATEHOUSE_RATE_LIMIT", "on",
          "GATEHOUSE_RATE_LIMIT_IP", "1000000/1s",
          "GATEHOUSE_RATE_LIMIT_LOGIN_IP", "10000/1s",
          "GATEHOUSE_RATE_LIMIT_REGISTER_IP", "10000/1s");

  @Test
  void fromMemory(@TempDir Path folder) throws Exception {
    measure("from memory", folder, "100000");
  }

  @Test
  void byAQueryEach(@TempDir Path folder) throws Exception {
    measure("by a query each", folder, "1");
  }

  private static void measure(String name, Path folder, String entries) throws Exception {
    var settings = new HashMap<>(SETTINGS);
    settings.put("GATEHOUSE_CACHE_MAX_ENTRIES", entries);
    try (var program = RunningGatehouse.startOnCore(0, folder.resolve("data"), settings)) {
      Path script = Files.writeString(folder.resolve("read.lua"), script(program.client()));
      // On one core its backends sleep on each other's locks for up to a second.
      program.moveDatabaseToCore(1);
      load(program, script, WARM_UP_SECONDS);
      program.moveDatabaseToCore(1);
      for (int round = 0; round < ROUNDS; round++) {
        long before = program.cpuMillis();
        long requests = load(program, script, SECONDS);
        double micros = (program.cpuMillis() - before) * 1000.0 / requests;
        System.out.printf("%s: %d/s, %.1f us of CPU each%n", name, requests / SECONDS, micros);
        // Far below what either way does on one core, and far above a standstill (ADR 32).
        assertThat(requests / SECONDS).isGreaterThan(STANDSTILL);
      }
    }
  }

  private static long load(RunningGatehouse program, Path script, int seconds) throws Exception {
    return OneCoreEvidenceTest.requests(
        OneCoreEvidenceTest.wrk(
            program, "/v1/users/me", CONNECTIONS, seconds, "-s", script.toString()));
  }

  private static String script(ApiClient client) {
    String tokens =
        IntStream.range(0, USERS)
            .mapToObj(_ -> token(client))
            .collect(Collectors.joining("','", "{'", "'}"));
    return """
        local tokens = %s
        local turn = 0
        request = function()
          turn = turn %% #tokens + 1
          return wrk.format('GET', nil, {['Authorization'] = 'Bearer ' .. tokens[turn]})
        end
        """
        .formatted(tokens);
  }

  private static String token(ApiClient client) {
    String email = UUID.randomUUID() + "@example.org";
    client.register(email, PASSWORD);
    String token = client.signIn(email, PASSWORD).text("access_token");
    client.get("/v1/users/me", Optional.of(token));
    return token;
  }
}
