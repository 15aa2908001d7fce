package dev.gatehouse.app.system;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// People who register at several instances, and others who read their own account there, until it
/// is stopped.
final class WriteLoad implements AutoCloseable {
  private static final String PASSWORD = "an engine of difference";

  private final Set<String> emails = ConcurrentHashMap.newKeySet();
  private final Queue<String> failedReads = new ConcurrentLinkedQueue<>();
  private final AtomicInteger next = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  private WriteLoad() {}

  /// Two who write and one who reads at each instance.
  static WriteLoad start(List<RunningGatehouse> instances) {
    var load = new WriteLoad();
    for (RunningGatehouse instance : instances) {
      ApiClient client = instance.client();
      String reader = "reader%d@example.org".formatted(load.next.incrementAndGet());
      client.register(reader, PASSWORD);
      String token = client.signIn(reader, PASSWORD).text("access_token");
      client.me(token);
      load.run(() -> load.write(client));
      load.run(() -> load.write(client));
      load.run(() -> load.read(client, token));
    }
    return load;
  }

  /// How many registrations got 201.
  int acknowledged() {
    return emails.size();
  }

  /// The addresses whose registration got 201.
  Set<String> emails() {
    return Set.copyOf(emails);
  }

  List<String> failedReads() {
    return List.copyOf(failedReads);
  }

  @Override
  public void close() {
    stop();
  }

  void stop() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run(Runnable work) {
    threads.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!stopped) {
                    work.run();
                  }
                }));
  }

  private void write(ApiClient client) {
    String email = "person%d@example.org".formatted(next.incrementAndGet());
    if (client.register(email, PASSWORD).status() == 201) {
      emails.add(email);
    }
  }

  private void read(ApiClient client, String token) {
    try {
      var response = client.me(token);
      if (response.status() != 200) {
        failedReads.add(response.status() + " " + response.body());
      }
      Thread.sleep(2);
    } catch (UncheckedIOException broken) {
      failedReads.add(broken.toString());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
