package dev.gatehouse.app.system.cluster;

import dev.gatehouse.app.system.cluster.Ledger.Entry;
import dev.gatehouse.app.system.cluster.Ledger.Kind;
import dev.gatehouse.testkit.RawHttpClient;
import dev.gatehouse.testkit.RawHttpClient.RawResponse;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// A client that sends requests at fixed times, whether or not those before have a response, and
/// keeps a ledger. Most are reads; of ten one registers someone under an idempotency key, one
/// without.
final class OpenLoop implements AutoCloseable {
  private static final long SECOND = 1_000_000_000;

  /// A connection unused for longer is not used again: the other side may be closing it just then.
  private static final long FRESH = 20 * SECOND;

  private final AtomicLong number = new AtomicLong();
  private final AtomicBoolean going = new AtomicBoolean(true);
  private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Ledger ledger = new Ledger();
  private final int port;
  private final String name;
  private final String token;
  private final Thread pace;

  private record Idle(RawHttpClient client, long since) {}

  private OpenLoop(int port, String name, int perSecond) throws IOException {
    this.port = port;
    this.name = name;
    this.token = signedIn();
    this.pace = Thread.ofPlatform().name("pace").start(() -> keepPace(perSecond));
  }

  /// Signs in and begins.
  ///
  /// @param name tells apart whom this client registers
  static OpenLoop through(Node gateway, String name, int perSecond) throws IOException {
    return new OpenLoop(gateway.port(), name, perSecond);
  }

  Ledger ledger() {
    return ledger;
  }

  /// Sends no more and waits for the responses that are still to come.
  Ledger finish() throws InterruptedException {
    going.set(false);
    pace.join();
    threads.shutdown();
    if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new AssertionError("some requests never got a response");
    }
    return ledger;
  }

  @Override
  public void close() throws IOException {
    going.set(false);
    pace.interrupt();
    threads.shutdownNow();
    for (Idle each : idle) {
      each.client().close();
    }
  }

  /// Registers so many at once, each under a key, beside the usual requests.
  void burst(int registrations) {
    long due = System.nanoTime();
    for (int sent = 0; sent < registrations; sent++) {
      threads.execute(() -> send(due, number.getAndIncrement(), Kind.KEYED_WRITE));
    }
  }

  private void keepPace(int perSecond) {
    long began = System.nanoTime();
    try {
      for (long sent = 0; going.get(); sent++) {
        long due = began + sent * SECOND / perSecond;
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        threads.execute(() -> send(due));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(long due) {
    long n = number.getAndIncrement();
    Kind kind =
        switch ((int) (n % 10)) {
          case 3 -> Kind.KEYED_WRITE;
          case 7 -> Kind.WRITE;
          default -> Kind.READ;
        };
    send(due, n, kind);
  }

  /// Once: whatever the response is, it is the response to this request.
  private void send(long due, long n, Kind kind) {
    String subject = kind == Kind.READ ? "" : "%s-%d@example.org".formatted(name, n);
    try {
      RawResponse response = kind == Kind.READ ? read() : register(subject, kind, n);
      ledger.enter(
          new Entry(kind, subject, due, System.nanoTime(), response.status(), refusal(response)));
    } catch (IOException failure) {
      ledger.enter(new Entry(kind, subject, due, System.nanoTime(), 0, failure.toString()));
    }
  }

  private static String refusal(RawResponse response) {
    return response.status() < 300 ? "" : response.text();
  }

  private RawResponse read() throws IOException {
    return exchange(
        "GET /v1/users/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n");
  }

  private RawResponse register(String email, Kind kind, long n) throws IOException {
    String key =
        kind == Kind.KEYED_WRITE ? "Idempotency-Key: %s-key-%d\r\n".formatted(name, n) : "";
    return exchange(post("/v1/users", email, key));
  }

  private static String post(String path, String email, String more) {
    String body = "{\"email\":\"%s\",\"password\":\"correct horse battery\"}".formatted(email);
    return "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(path, more, body.length(), body);
  }

  private RawResponse exchange(String request) throws IOException {
    RawHttpClient client = connection();
    RawResponse response;
    try {
      response = client.send(request).read();
    } catch (IOException broken) {
      client.close();
      throw broken;
    }
    if (response.header("connection").equals("close")) {
      client.close();
    } else {
      idle.addFirst(new Idle(client, System.nanoTime()));
    }
    return response;
  }

  private RawHttpClient connection() throws IOException {
    Idle latest = idle.pollFirst();
    if (latest == null) {
      return new RawHttpClient(port);
    }
    if (System.nanoTime() - latest.since() < FRESH) {
      return latest.client();
    }
    latest.client().close();
    return new RawHttpClient(port);
  }

  /// An access token of anyone who this client is.
  String token() {
    return token;
  }

  private String signedIn() throws IOException {
    String email = name + "@example.org";
    RawResponse made = exchange(post("/v1/users", email, ""));
    RawResponse session = exchange(post("/v1/sessions", email, ""));
    if (made.status() != 201 || session.status() != 201) {
      throw new AssertionError("nobody could sign in: " + made + session);
    }
    return session.text().replaceFirst("(?s).*\"access_token\":\"([^\"]*)\".*", "$1");
  }
}
