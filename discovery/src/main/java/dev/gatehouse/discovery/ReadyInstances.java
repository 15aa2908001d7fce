package dev.gatehouse.discovery;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Those instances of a watch that say at `/ready` that they are. Finds out within a second that an
/// instance is dead, hangs, is about to stop or is well again, also where the list itself is fixed
/// or slow to change. When no one is ready all are served: they may be able to do more than they
/// say.
///
/// Owns one thread, which asks all instances at once, several times a second. Thread-safe.
public final class ReadyInstances implements InstanceWatch {
  private static final Logger log = LoggerFactory.getLogger(ReadyInstances.class);
  private static final Duration MARGIN = Duration.ofMillis(100);

  private final InstanceList served = new InstanceList();
  private final ReadinessTracker verdicts = new ReadinessTracker();
  private final InstanceWatch known;
  private final Duration every;
  private final Duration timeout;
  private final ReadinessProbe question;
  private final Subscription subscription;
  private final Thread thread;
  private boolean failing;

  private ReadyInstances(
      InstanceWatch known, Duration every, Duration timeout, ReadinessProbe question) {
    this.known = known;
    this.every = every;
    this.timeout = timeout;
    this.question = question;
    this.thread = Thread.ofVirtual().name("ready-instances").unstarted(this::ask);
    this.subscription = known.subscribe(list -> served.offer(verdicts.ready(list)));
  }

  /// Begins to ask; an instance not asked yet counts as ready. Closing also closes the watch.
  ///
  /// @param every the pace of questions
  /// @param timeout an answer that takes longer is none; two in a row are needed to count
  public static ReadyInstances of(InstanceWatch known, Duration every, Duration timeout) {
    return of(known, every, timeout, ReadinessProbe.overHttp(timeout));
  }

  /// The same, asking in another way. Closing also closes the question.
  static ReadyInstances of(
      InstanceWatch known, Duration every, Duration timeout, ReadinessProbe question) {
    var ready = new ReadyInstances(known, every, timeout, question);
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
    question.close();
    known.close();
  }

  private void ask() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long began = System.nanoTime();
        askAll();
        long left = every.toNanos() - (System.nanoTime() - began);
        TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whatever happens in one round, there is a next: a gateway must not be left with the verdicts
  /// of an hour ago.
  private void askAll() throws InterruptedException {
    try {
      take(known.current());
      served.offer(verdicts.ready(known.current()));
    } catch (RuntimeException | Error thrown) {
      sayOnce("a round of questions failed, the next follows", thrown);
    }
  }

  private void take(List<Instance> instances) throws InterruptedException {
    Map<Instance, CompletableFuture<Integer>> asked = new LinkedHashMap<>();
    instances.forEach(instance -> asked.put(instance, status(instance)));
    long end = System.nanoTime() + timeout.plus(MARGIN).toNanos();
    for (Map.Entry<Instance, CompletableFuture<Integer>> each : asked.entrySet()) {
      verdicts.take(each.getKey(), ProbeResult.of(each.getValue(), end - System.nanoTime()));
    }
    verdicts.keepOnly(instances);
  }

  /// A question that cannot even be put must not end those of the others.
  private CompletableFuture<Integer> status(Instance instance) {
    try {
      return question.ask(instance);
    } catch (RuntimeException | Error thrown) {
      sayOnce(instance.id() + " cannot be asked whether it is ready", thrown);
      return CompletableFuture.failedFuture(thrown);
    }
  }

  private void sayOnce(String what, Throwable thrown) {
    if (!failing) {
      failing = true;
      log.error("{}; this is said once", what, thrown);
    }
  }
}
