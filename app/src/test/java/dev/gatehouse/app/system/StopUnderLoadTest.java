package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An instance that is told to stop under load fails no request of a client that goes by `/ready`.
class StopUnderLoadTest {
  private static final int CLIENTS = 8;

  @Test
  void failsNoRequestAndEndsWithZero(@TempDir Path folder) throws Exception {
    var statuses = new ConcurrentLinkedQueue<Integer>();
    var sending = new AtomicBoolean(true);
    var program =
        RunningGatehouse.start(folder.resolve("data"), Map.of("GATEHOUSE_SHUTDOWN_DELAY", "3s"));
    try (program;
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var client = program.client();
      client.register("load@example.org", "correct horse battery");
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(() -> use(client, sending, statuses)));
      }
      await().atMost(Duration.ofMinutes(1)).until(() -> statuses.size() > 200);

      program.send("TERM");
      await().atMost(Duration.ofSeconds(10)).until(() -> !program.isReady());
      sending.set(false);

      for (Future<?> each : clients) {
        each.get();
      }
      assertThat(program.exitStatus()).isZero();
    }
    assertThat(statuses).containsOnly(200, 201);
  }

  private static void use(ApiClient client, AtomicBoolean sending, Collection<Integer> statuses) {
    while (sending.get()) {
      var signedIn = client.signIn("load@example.org", "correct horse battery");
      statuses.add(signedIn.status());
      statuses.add(client.get("/v1/users/me", Optional.of(signedIn.text("access_token"))).status());
    }
  }
}
