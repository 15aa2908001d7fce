package dev.gatehouse.app.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// Clients that register, sign in, read, rename and refresh without pause, until closed. What they
/// are given is noted; a request that fails is a response other than the one expected, or none.
final class MixedLoad implements AutoCloseable {
  private static final String PASSWORD = "an engine of difference";

  private final ApiClient client;
  private final AtomicBoolean going = new AtomicBoolean(true);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> clients = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile Queue<Duration> took = new ConcurrentLinkedQueue<>();

  private MixedLoad(ApiClient client) {
    this.client = client;
  }

  static MixedLoad start(ApiClient client, int clients) {
    var load = new MixedLoad(client);
    for (int number = 0; number < clients; number++) {
      load.clients.add(load.threads.submit(load::use));
    }
    return load;
  }

  /// Requests that failed since the start, as text.
  List<String> failures() {
    return List.copyOf(failures);
  }

  /// How long each request took that ended since this was last asked, in order of length.
  List<Duration> durations() {
    Queue<Duration> seen = took;
    took = new ConcurrentLinkedQueue<>();
    return seen.stream().sorted().toList();
  }

  @Override
  public void close() {
    going.set(false);
    threads.close();
    clients.forEach(Future::resultNow);
  }

  private void use() {
    while (going.get()) {
      String email = UUID.randomUUID() + "@example.org";
      expect(201, () -> client.register(email, PASSWORD));
      var session = expect(201, () -> client.signIn(email, PASSWORD));
      var token = Optional.of(session.text("access_token"));
      for (int round = 0; round < 8 && going.get(); round++) {
        expect(200, () -> client.get("/v1/users/me", token));
        String name = "{\"display_name\":\"%d\"}".formatted(round);
        expect(200, () -> client.send("PATCH", "/v1/users/me", token, name));
        var read = expect(200, () -> client.get("/v1/users/me", token));
        if (!read.text("display_name").equals(Integer.toString(round))) {
          failures.add("read behind the write: " + read.body());
        }
      }
      String refresh = "{\"refresh_token\":\"%s\"}".formatted(session.text("refresh_token"));
      expect(200, () -> client.send("POST", "/v1/sessions/refresh", Optional.empty(), refresh));
    }
  }

  private ApiClient.ApiResponse expect(int status, Call call) {
    long began = System.nanoTime();
    ApiClient.ApiResponse response = responseTo(call);
    took.add(Duration.ofNanos(System.nanoTime() - began));
    if (response.status() != status) {
      failures.add(response.status() + " " + response.body());
    }
    return response;
  }

  private static ApiClient.ApiResponse responseTo(Call call) {
    try {
      return call.make();
    } catch (RuntimeException none) {
      return new ApiClient.ApiResponse(0, "{\"none\":\"%s\"}".formatted(none));
    }
  }

  @FunctionalInterface
  private interface Call {
    ApiClient.ApiResponse make();
  }
}
