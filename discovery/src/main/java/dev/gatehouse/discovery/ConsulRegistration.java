package dev.gatehouse.discovery;

import dev.gatehouse.resilience.Backoff;
import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one instance registered in the background. The same task deregisters it, so that a
/// registration under way cannot arrive after the deregistration.
final class ConsulRegistration implements Registration {
  private static final Logger log = LoggerFactory.getLogger(ConsulRegistration.class);
  private static final Duration LONGEST_FAREWELL = Duration.ofMillis(950);

  private static final Duration LAST_WAIT = Duration.ofMillis(50);

  private final CountDownLatch left = new CountDownLatch(1);
  private final ServiceRegistration announcement;
  private final ConsulCatalog catalog;
  private final Duration renewEvery;
  private final Backoff backoff;
  private final DiscoveryListener listener;
  private final Consumer<ConsulRegistration> forgotten;
  private final PeriodicTasks tasks;
  private volatile @Nullable PeriodicTask task;
  private volatile boolean leaving;
  private volatile boolean registered;
  private boolean failing;
  private boolean registeredReady;

  ConsulRegistration(
      ServiceRegistration announcement,
      ConsulCatalog catalog,
      Duration renewEvery,
      Backoff backoff,
      DiscoveryListener listener,
      Consumer<ConsulRegistration> forgotten,
      PeriodicTasks tasks) {
    this.announcement = announcement;
    this.catalog = catalog;
    this.renewEvery = renewEvery;
    this.backoff = backoff;
    this.listener = listener;
    this.forgotten = forgotten;
    this.tasks = tasks;
  }

  ConsulRegistration start() {
    task =
        tasks
            .task("consul-registration")
            .every(renewEvery)
            .whileFailing(backoff)
            .reportsItself(ConsulUnavailable.class)
            .stopWithin(LAST_WAIT)
            .start(this::keep);
    return this;
  }

  @Override
  public boolean registered() {
    return registered;
  }

  @Override
  public void deregister() {
    PeriodicTask started = task;
    if (started != null) {
      leave(started);
    }
    forgotten.accept(this);
  }

  private void leave(PeriodicTask started) {
    leaving = true;
    started.wake();
    try {
      if (!left.await(LONGEST_FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("{} could not be deregistered in time, Consul will drop it by itself", id());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      started.close();
    }
  }

  private void keep() throws ConsulUnavailable, InterruptedException {
    if (leaving) {
      leave();
      return;
    }
    try {
      if (!registered || becameReady() || !catalog.knows(announcement.instance())) {
        register();
      }
      reportWorking();
    } catch (ConsulUnavailable away) {
      reportFailing(away);
      throw away;
    }
  }

  /// Leaves before it joins: Consul keeps the verdict of a check that is registered again, and that
  /// is of the life before this one, or of the time before the instance was ready.
  private void register() throws ConsulUnavailable, InterruptedException {
    boolean again = registered;
    hold(false);
    catalog.deregister(announcement.instance());
    boolean ready = announcement.ready().getAsBoolean();
    catalog.register(announcement, ready);
    registeredReady = ready;
    hold(true);
    failing = false;
    log.info("{} is registered{} as {}", id(), again ? " again" : "", announcement.service());
  }

  /// One that was registered while it was not ready would else wait for Consul's next check.
  private boolean becameReady() {
    return !registeredReady && announcement.ready().getAsBoolean();
  }

  private void reportFailing(ConsulUnavailable away) {
    if (!failing) {
      failing = true;
      log.warn("Registration of {} failed; retrying: Consul {}", id(), away.what());
    }
  }

  private void reportWorking() {
    if (failing) {
      failing = false;
      log.info("Registration of {} works again", id());
    }
  }

  private void leave() throws InterruptedException {
    if (left.getCount() == 0) {
      return;
    }
    try {
      catalog.deregister(announcement.instance());
      hold(false);
      log.info("{} is deregistered", id());
    } catch (ConsulUnavailable away) {
      hold(false);
      log.warn(
          "{} could not be deregistered, Consul will drop it by itself: {}", id(), away.what());
    } finally {
      left.countDown();
    }
  }

  private void hold(boolean now) {
    if (registered != now) {
      registered = now;
      listener.registered(id(), now);
    }
  }

  private String id() {
    return announcement.instance().id();
  }
}
