package dev.gatehouse.discovery;

import dev.gatehouse.resilience.Backoff;
import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows a service by blocking queries in the background, as Consul's documents on blocking
/// queries ask for: an index is never 0, one that steps back is dropped, as is any after a failure;
/// queries keep a pace, waits are bounded.
final class ConsulWatch implements InstanceWatch {
  private static final Logger log = LoggerFactory.getLogger(ConsulWatch.class);
  private static final long NO_INDEX = 0;

  private final InstanceList served = new InstanceList();
  private final String service;
  private final ConsulCatalog catalog;
  private final ConsulSettings settings;
  private final Backoff backoff;
  private final DiscoveryListener listener;
  private final Consumer<ConsulWatch> forgotten;
  private final StaleListRetention recovery;
  private final PeriodicTasks tasks;
  private volatile @Nullable PeriodicTask task;
  private List<Instance> confirmed = List.of();
  private volatile boolean following = true;
  private long index = NO_INDEX;

  ConsulWatch(
      String service,
      ConsulCatalog catalog,
      ConsulSettings settings,
      Backoff backoff,
      LongSupplier nanoTime,
      DiscoveryListener listener,
      Consumer<ConsulWatch> forgotten,
      PeriodicTasks tasks) {
    this.service = service;
    this.catalog = catalog;
    this.settings = settings;
    this.backoff = backoff;
    this.listener = listener;
    this.forgotten = forgotten;
    this.recovery = new StaleListRetention(settings.recoveryGrace(), nanoTime);
    this.tasks = tasks;
  }

  ConsulWatch start() {
    task =
        tasks
            .task("consul-watch")
            .every(settings.pace())
            .fromStart()
            .whileFailing(backoff)
            .reportsItself(ConsulUnavailable.class)
            .start(this::follow);
    return this;
  }

  boolean follows() {
    return following;
  }

  @Override
  public List<Instance> current() {
    return served.current();
  }

  @Override
  public Subscription subscribe(Consumer<List<Instance>> told) {
    return served.subscribe(told);
  }

  @Override
  public void close() {
    served.close();
    PeriodicTask started = task;
    if (started != null) {
      started.close();
    }
    forgotten.accept(this);
  }

  private void follow() throws ConsulUnavailable, InterruptedException {
    try {
      received(catalog.healthy(service, index, longestWait()));
    } catch (ConsulUnavailable away) {
      failed(away);
      throw away;
    } catch (RuntimeException bug) {
      failed(new ConsulUnavailable("gave a response that could not be dealt with", bug));
      throw bug;
    }
  }

  private Duration longestWait() {
    Duration grace = recovery.graceLeft();
    return recovery.recovering() && grace.compareTo(settings.hold()) < 0 ? grace : settings.hold();
  }

  private void received(ConsulCatalog.Healthy response) {
    boolean steppedBack = response.index() < index;
    if (steppedBack) {
      recovery.lost();
    }
    index = steppedBack ? NO_INDEX : response.index();
    confirmed = response.instances();
    served.offer(recovery.serve(confirmed));
    boolean empty = confirmed.isEmpty() && !served.current().isEmpty();
    follows(!empty, "lists no instance");
    say();
  }

  private void failed(ConsulUnavailable away) {
    index = NO_INDEX;
    confirmed = List.of();
    recovery.lost();
    follows(false, away.what());
    say();
  }

  private void follows(boolean now, String otherwise) {
    if (now == following) {
      return;
    }
    following = now;
    listener.following(service, now);
    int size = served.current().size();
    if (now) {
      log.info("Consul is followed again for {}: {} instances", service, size);
    } else {
      log.warn(
          "Consul {}: the last good list of {} serves on, {} instances", otherwise, service, size);
    }
  }

  private void say() {
    Set<String> named = new HashSet<>();
    confirmed.forEach(instance -> named.add(instance.id()));
    int all = served.current().size();
    int known =
        (int) served.current().stream().filter(instance -> named.contains(instance.id())).count();
    listener.serving(service, known, all - known);
  }
}
