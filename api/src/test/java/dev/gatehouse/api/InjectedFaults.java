package dev.gatehouse.api;

import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.accounts.registration.RegistrationMode;
import dev.gatehouse.api.walk.Faults;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.limits.Decision;
import dev.gatehouse.resilience.periodic.PeriodicTaskStatus;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Wraps the ports of a service; while a fault is injected, no call reaches them.
public final class InjectedFaults implements Faults {
  private volatile @Nullable Kind present;

  @Override
  public <T> T during(Kind kind, Supplier<T> call) {
    present = kind;
    try {
      return call.get();
    } finally {
      present = null;
    }
  }

  /// The same port, with the faults before it.
  public <T> T before(Class<T> port, T behind) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              strike(port);
              try {
                return method.invoke(behind, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getTargetException();
              }
            }));
  }

  /// Fails while the instance is said not to be ready.
  public void requireReady() throws IOException {
    if (present == Kind.NOT_READY) {
      throw new IOException("not ready");
    }
  }

  /// A background task, whose thread has died while the instance is said not to be ready.
  public List<PeriodicTaskStatus> tasks() {
    boolean alive = present != Kind.NOT_READY;
    return List.of(new PeriodicTaskStatus("cleanup", alive, Duration.ofSeconds(12), 0));
  }

  /// Buckets that are full, or empty while the limit is said to be reached.
  public Decision decide(long key) {
    return present == Kind.LIMIT_REACHED
        ? new Decision(false, 0, 1_000_000_000, 10_000_000)
        : new Decision(true, 99, 10_000_000, 0);
  }

  /// Who may register: no one while registration is said to be closed.
  public RegistrationMode registration() {
    return present == Kind.REGISTRATION_CLOSED ? RegistrationMode.CLOSED : RegistrationMode.OPEN;
  }

  private void strike(Class<?> port) {
    Kind kind = present;
    if (kind == null) {
      return;
    }
    switch (kind) {
      case BUG -> throw new IllegalStateException("a secret of the inside");
      case OVERLOAD -> throw Unavailable.overloaded(Duration.ofMillis(1500));
      case DEPENDENCY_AWAY -> throw Unavailable.dependency(new IOException("a secret host"));
      case DEPENDENCY_HANGING -> hang();
      case HASHER_HANGING -> {
        if (port == PasswordHasher.class) {
          hang();
        }
      }
      case NOT_READY, LIMIT_REACHED, REGISTRATION_CLOSED -> {}
    }
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      throw Unavailable.deadlineExceeded();
    }
  }
}
