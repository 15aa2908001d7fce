package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is there after everything was killed at once.
class PowerCutTest {
  private static final String PASSWORD = "correct horse battery";
  private static final int REGISTRATIONS = 2000;
  private static final int PARALLEL = 16;

  @Test
  void everyAcknowledgedUserCanSignInAfterTheCut(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("data");
    var acknowledged = new ConcurrentLinkedQueue<String>();
    var attempted = new AtomicInteger();
    try (var program = RunningGatehouse.start(data, Map.of());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var client = program.client();
      for (int i = 0; i < PARALLEL; i++) {
        threads.execute(() -> register(client, attempted, acknowledged));
      }
      await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.size() > REGISTRATIONS / 3);
      program.killEverything();
    }
    assertThat(acknowledged).hasSizeBetween(REGISTRATIONS / 3, REGISTRATIONS - 1);

    try (var program = RunningGatehouse.start(data, Map.of())) {
      assertThat(statusesOfSignIns(program.client(), List.copyOf(acknowledged)))
          .isEqualTo(Map.of(201, (long) acknowledged.size()));
    }
  }

  private static void register(
      ApiClient client, AtomicInteger attempted, ConcurrentLinkedQueue<String> acknowledged) {
    try {
      for (int n = attempted.getAndIncrement();
          n < REGISTRATIONS;
          n = attempted.getAndIncrement()) {
        String email = "cut-" + n + "@example.org";
        if (client.register(email, PASSWORD).status() == 201) {
          acknowledged.add(email);
        }
      }
    } catch (UncheckedIOException cut) {
      // The program is gone; what was not acknowledged may or may not be there.
    }
  }

  private static Map<Integer, Long> statusesOfSignIns(ApiClient client, List<String> emails)
      throws Exception {
    var next = new AtomicInteger();
    return Parallel.times(
            PARALLEL,
            () ->
                IntStream.generate(next::getAndIncrement)
                    .takeWhile(n -> n < emails.size())
                    .mapToObj(n -> client.signIn(emails.get(n), PASSWORD).status())
                    .toList())
        .stream()
        .flatMap(List::stream)
        .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
  }
}
