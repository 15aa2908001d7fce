package dev.gatehouse.discovery;

import dev.gatehouse.resilience.Backoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one instance registered, from its own thread. That thread also deregisters it, so that a
/// registration under way cannot arrive after the deregistration.
final class ConsulRegistration implements Registration {
  private static final Logger log = LoggerFactory.getLogger(ConsulRegistration.class);
  private static final Duration LONGEST_FAREWELL = Duration.ofMillis(950);

  private final CountDownLatch leaving = new CountDownLatch(1);
  private final ServiceRegistration announcement;
  private final ConsulCatalog catalog;
  private final Duration renewEvery;
  private final Backoff backoff;
  private final DiscoveryListener listener;
  private final Consumer<ConsulRegistration> forgotten;
  private final Thread thread;
  private volatile boolean registered;
  private boolean failing;
  private boolean registeredReady;

  ConsulRegistration(
      ServiceRegistration announcement,
      ConsulCatalog catalog,
      Duration renewEvery,
      Backoff backoff,
      DiscoveryListener listener,
      Consumer<ConsulRegistration> forgotten) {
    this.announcement = announcement;
    this.catalog = catalog;
    this.renewEvery = renewEvery;
    this.backoff = backoff;
    this.listener = listener;
    this.forgotten = forgotten;
    this.thread = Thread.ofVirtual().name("discovery-register-" + id()).unstarted(this::keep);
  }

  ConsulRegistration start() {
    thread.start();
    return this;
  }

  @Override
  public boolean registered() {
    return registered;
  }

  @Override
  public void deregister() {
    leaving.countDown();
    try {
      if (!thread.join(LONGEST_FAREWELL)) {
        thread.interrupt();
        log.warn("{} could not be deregistered in time, Consul will drop it by itself", id());
      }
    } catch (InterruptedException _) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    forgotten.accept(this);
  }

  private void keep() {
    try {
      Duration next = Duration.ZERO;
      while (!leaving.await(next.toNanos(), TimeUnit.NANOSECONDS)) {
        next = renewed();
      }
      leave();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Registers the instance unless Consul has it.
  ///
  /// @return when to look again
  private Duration renewed() throws InterruptedException {
    try {
      if (!registered || becameReady() || !catalog.knows(announcement.instance())) {
        register();
      }
      backoff.reset();
      return renewEvery;
    } catch (ConsulUnavailable away) {
      sayFailing(away);
    } catch (RuntimeException bug) {
      log.error("{} could not be registered, trying on", id(), bug);
    }
    return backoff.next();
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

  private void sayFailing(ConsulUnavailable away) {
    if (!failing && !registered) {
      log.warn("{} is not registered yet, trying on: Consul {}", id(), away.what());
      failing = true;
    }
  }

  private void leave() throws InterruptedException {
    try {
      catalog.deregister(announcement.instance());
      hold(false);
      log.info("{} is deregistered", id());
    } catch (ConsulUnavailable away) {
      hold(false);
      log.warn(
          "{} could not be deregistered, Consul will drop it by itself: {}", id(), away.what());
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
