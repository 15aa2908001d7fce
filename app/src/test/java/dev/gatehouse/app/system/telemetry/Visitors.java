package dev.gatehouse.app.system.telemetry;

import dev.gatehouse.app.system.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// People who use a gateway without pause until this is closed, rightly and wrongly. Their
/// responses are ignored.
final class Visitors implements AutoCloseable {
  private static final int MANY = 4;
  private static final String PASSWORD = "an engine of difference";

  private final AtomicBoolean going = new AtomicBoolean(true);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> visits = new ArrayList<>();
  private final ApiClient client;

  private Visitors(ApiClient client) {
    this.client = client;
  }

  static Visitors of(Observed observed) {
    var visitors = new Visitors(Observed.client(observed.gateway()));
    for (int visitor = 0; visitor < MANY; visitor++) {
      visitors.visits.add(visitors.threads.submit(visitors::visit));
    }
    return visitors;
  }

  private void visit() {
    while (going.get()) {
      String email = UUID.randomUUID() + "@example.org";
      client.register(email, PASSWORD);
      client.signIn(email, "another engine");
      var session = client.signIn(email, PASSWORD);
      var token = Optional.of(session.text("access_token")).filter(text -> !text.isEmpty());
      for (int read = 0; read < 5; read++) {
        client.get("/v1/users/me", token);
      }
      client.get("/v1/nowhere", token);
      client.refresh(session.text("refresh_token"));
    }
  }

  @Override
  public void close() {
    going.set(false);
    threads.close();
    visits.forEach(Future::resultNow);
  }
}
