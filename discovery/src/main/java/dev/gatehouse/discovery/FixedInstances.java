package dev.gatehouse.discovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// A list that is given, for a cluster without Consul: every service has the same instances. Anyone
/// who registers within this process is added. Thread-safe.
public final class FixedInstances implements Discovery, ServiceRegistry {
  private final ReentrantLock changing = new ReentrantLock();
  private final List<FixedWatch> watches = new ArrayList<>();
  private List<Instance> instances;

  /// The instances there are.
  public FixedInstances(List<Instance> instances) {
    this.instances = List.copyOf(instances);
  }

  /// The instances of a setting: `host:port,host:port`.
  ///
  /// @throws IllegalArgumentException when one is no address, or named twice
  public static FixedInstances parse(String addresses) {
    List<Instance> parsed = Arrays.stream(addresses.split(",", -1)).map(Instance::parse).toList();
    if (parsed.stream().distinct().count() != parsed.size()) {
      throw new IllegalArgumentException("an instance is named twice in " + addresses);
    }
    return new FixedInstances(parsed);
  }

  @Override
  public InstanceWatch watch(String service) {
    changing.lock();
    try {
      FixedWatch watch = new FixedWatch();
      watch.served.offer(instances);
      watches.add(watch);
      return watch;
    } finally {
      changing.unlock();
    }
  }

  @Override
  public Registration register(ServiceRegistration announcement) {
    Instance instance = announcement.instance();
    replace(instance, true);
    return new FixedRegistration(instance);
  }

  @Override
  public void close() {
    changing.lock();
    try {
      watches.forEach(watch -> watch.served.close());
      watches.clear();
    } finally {
      changing.unlock();
    }
  }

  private void replace(Instance instance, boolean present) {
    changing.lock();
    try {
      List<Instance> next = new ArrayList<>(instances);
      next.removeIf(known -> known.id().equals(instance.id()));
      if (present) {
        next.add(instance);
      }
      instances = List.copyOf(next);
      watches.forEach(watch -> watch.served.offer(instances));
    } finally {
      changing.unlock();
    }
  }

  private void forget(FixedWatch watch) {
    changing.lock();
    try {
      watches.remove(watch);
    } finally {
      changing.unlock();
    }
  }

  private final class FixedWatch implements InstanceWatch {
    private final InstanceList served = new InstanceList();

    @Override
    public List<Instance> current() {
      return served.current();
    }

    @Override
    public Subscription subscribe(Consumer<List<Instance>> listener) {
      return served.subscribe(listener);
    }

    @Override
    public void close() {
      served.close();
      forget(this);
    }
  }

  private final class FixedRegistration implements Registration {
    private final AtomicBoolean registered = new AtomicBoolean(true);
    private final Instance instance;

    private FixedRegistration(Instance instance) {
      this.instance = instance;
    }

    @Override
    public boolean registered() {
      return registered.get();
    }

    @Override
    public void deregister() {
      if (registered.compareAndSet(true, false)) {
        replace(instance, false);
      }
    }
  }
}
