package dev.gatehouse.discovery;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Those instances of a watch that say at `/ready` that they are. Finds out within a second that an
/// instance is dead, hangs, is about to stop or is well again, also where the list itself is fixed or
/// slow to change. When nobody is ready all are served: they may be able to do more than they say.
///
/// Owns one thread, which asks all instances at once, several times a second. Thread-safe.
public final class ReadyInstances implements InstanceWatch {
  private static final Duration MARGIN = Duration.ofMillis(100);

  private final ServedList served = new ServedList();
  private final Verdicts verdicts = new Verdicts();
  private final InstanceWatch known;
  private final Duration every;
  private final Duration timeout;
  private final HttpClient client;
  private final Subscription subscription;
  private final Thread thread;

  private ReadyInstances(InstanceWatch known, Duration every, Duration timeout) {
    this.known = known;
    this.every = every;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.thread = Thread.ofVirtual().name("ready-instances").unstarted(this::ask);
    this.subscription = known.subscribe(list -> served.offer(verdicts.ready(list)));
  }

  /// Begins to ask; an instance not asked yet counts as ready. Closing also closes the watch.
  ///
  /// @param every the pace of questions
  /// @param timeout an answer that takes longer is none; two in a row are needed to count
  public static ReadyInstances of(InstanceWatch known, Duration every, Duration timeout) {
    var ready = new ReadyInstances(known, every, timeout);
    ready.thread.start();
    return ready;
  }

  /// The usual pace: four times a second, 400 ms for an answer.
  public static ReadyInstances of(InstanceWatch known) {
    return of(known, Duration.ofMillis(250), Duration.ofMillis(400));
  }

  @Override
  public List<Instance> current() {
    return served.current();
  }

  @Override
  public Subscription subscribe(Consumer<List<Instance>> listener) {
    return served.subscribe(listener);
  }

  /// Whether any instance said last that it is ready.
  public boolean anyReady() {
    return verdicts.anyReady(known.current());
  }

  @Override
  public void close() {
    served.close();
    subscription.close();
    thread.interrupt();
    client.shutdownNow();
    known.close();
  }

  private void ask() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long began = System.nanoTime();
        askAll(known.current());
        served.offer(verdicts.ready(known.current()));
        long left = every.toNanos() - (System.nanoTime() - began);
        TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void askAll(List<Instance> instances) throws InterruptedException {
    Map<Instance, CompletableFuture<Integer>> asked = new LinkedHashMap<>();
    instances.forEach(instance -> asked.put(instance, status(instance)));
    long end = System.nanoTime() + timeout.plus(MARGIN).toNanos();
    for (Map.Entry<Instance, CompletableFuture<Integer>> each : asked.entrySet()) {
      verdicts.take(each.getKey(), Answer.of(each.getValue(), end - System.nanoTime()));
    }
    verdicts.keepOnly(instances);
  }

  private CompletableFuture<Integer> status(Instance instance) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address(instance) + "/ready"))
            .timeout(timeout)
            .build();
    return client.sendAsync(request, BodyHandlers.discarding()).thenApply(it -> it.statusCode());
  }

  private static String address(Instance instance) {
    return Instance.at(instance.host(), instance.port()).id();
  }
}
