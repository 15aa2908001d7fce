package dev.gatehouse.discovery;

import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Those instances of a watch that say at `/ready` that they are. Finds out within a second that an
/// instance is dead, hangs, is about to stop or is well again, also where the list itself is fixed
/// or slow to change. When no one is ready all are served: they may be able to do more than they
/// say.
///
/// Asks all instances at once, several times a second. Thread-safe.
public final class ReadyInstances implements InstanceWatch {
  private static final Logger log = LoggerFactory.getLogger(ReadyInstances.class);
  private static final Duration EVERY = Duration.ofMillis(250);
  private static final Duration TIMEOUT = Duration.ofMillis(400);
  private static final Duration MARGIN = Duration.ofMillis(100);

  private final InstanceList served = new InstanceList();
  private final ReadinessTracker verdicts = new ReadinessTracker();
  private final InstanceWatch known;
  private final Duration timeout;
  private final ReadinessProbe question;
  private final Subscription subscription;
  private final PeriodicTask task;
  private boolean failing;

  private ReadyInstances(
      InstanceWatch known,
      Duration every,
      Duration timeout,
      ReadinessProbe question,
      PeriodicTasks tasks) {
    this.known = known;
    this.timeout = timeout;
    this.question = question;
    this.subscription = known.subscribe(list -> served.offer(verdicts.ready(list)));
    this.task =
        tasks
            .task("ready-instances")
            .every(every)
            .fromStart()
            .reportTo(new Reports())
            .start(this::askAll);
  }

  /// Begins to ask; an instance not asked yet counts as ready. Closing also closes the watch.
  ///
  /// @param every the pace of questions
  /// @param timeout a response that takes longer is none; two in a row are needed to count
  public static ReadyInstances of(InstanceWatch known, Duration every, Duration timeout) {
    return of(known, every, timeout, ReadinessProbe.overHttp(timeout), unlisted());
  }

  /// The same, asking in another way. Closing also closes the question.
  static ReadyInstances of(
      InstanceWatch known, Duration every, Duration timeout, ReadinessProbe question) {
    return of(known, every, timeout, question, unlisted());
  }

  private static ReadyInstances of(
      InstanceWatch known,
      Duration every,
      Duration timeout,
      ReadinessProbe question,
      PeriodicTasks tasks) {
    return new ReadyInstances(known, every, timeout, question, tasks);
  }

  private static PeriodicTasks unlisted() {
    return new PeriodicTasks(PeriodicTaskListener.NONE);
  }

  /// The usual pace: four times a second, 400 ms for a response.
  public static ReadyInstances of(InstanceWatch known) {
    return of(known, unlisted());
  }

  /// The same, among the tasks of the process.
  public static ReadyInstances of(InstanceWatch known, PeriodicTasks tasks) {
    return of(known, EVERY, TIMEOUT, ReadinessProbe.overHttp(TIMEOUT), tasks);
  }

  @Override
  public List<Instance> current() {
    return served.current();
  }

  @Override
  public Subscription subscribe(Consumer<List<Instance>> listener) {
    return served.subscribe(listener);
  }

  /// Whether the last probe of any instance found it ready.
  public boolean anyReady() {
    return verdicts.anyReady(known.current());
  }

  @Override
  public void close() {
    served.close();
    subscription.close();
    task.close();
    question.close();
    known.close();
  }

  private void askAll() throws InterruptedException {
    take(known.current());
    served.offer(verdicts.ready(known.current()));
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

  /// Also for clients, which have no log of tasks.
  private static final class Reports implements PeriodicTaskListener {
    @Override
    public void outageBegan(String name, Throwable cause) {
      log.error("Asking instances whether they are ready failed; the next round follows", cause);
    }

    @Override
    public void outageEnded(String name, int failures, Duration lasted) {
      log.info("Asking instances whether they are ready works again");
    }
  }
}
