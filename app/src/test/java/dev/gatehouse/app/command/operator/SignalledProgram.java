package dev.gatehouse.app.command.operator;

import dev.gatehouse.api.health.Readiness;
import dev.gatehouse.app.command.Gatehouse;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.wiring.Capacity;
import dev.gatehouse.app.wiring.Launcher;
import dev.gatehouse.app.wiring.Operations;
import dev.gatehouse.postgres.backup.DatabaseBackup;
import dev.gatehouse.postgres.backup.DatabaseRestore;
import dev.gatehouse.postgres.backup.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Its own process that serves nothing, for [ServeProcessTest] to send signals to.
public final class SignalledProgram implements Launcher {
  private final boolean hanging;

  private SignalledProgram(boolean hanging) {
    this.hanging = hanging;
  }

  public static void main(String[] arguments) {
    var context =
        new CommandContext(
            System.getenv(),
            System.out,
            System.err,
            System.in,
            Optional::empty,
            false,
            new SignalledProgram(arguments[0].equals("hanging")),
            Runtime.getRuntime()::halt,
            () -> {});
    System.exit(Gatehouse.run(context, "serve"));
  }

  @Override
  public Addresses serve(Configuration configuration, Lifecycle lifecycle, Readiness readiness) {
    lifecycle.start("pool", () -> () -> System.out.println("pool closed"));
    lifecycle.start(
        "listener",
        () ->
            () -> {
              System.out.println("readiness is " + readiness.report().status());
              if (hanging) {
                new CountDownLatch(1).await();
              }
              System.out.println("listener closed");
            });
    return new Addresses("http://a", "http://b", "nowhere");
  }

  @Override
  public String demo(Lifecycle lifecycle) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EdgeAddresses gateway(
      Configuration configuration, Lifecycle lifecycle, Readiness readiness) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Capacity capacity(Configuration configuration, Lifecycle lifecycle) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Operations operate(Configuration configuration, Lifecycle lifecycle) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int migrate(Configuration configuration, Lifecycle lifecycle, boolean onlyCheck) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void awaitSchema(Configuration configuration, Lifecycle lifecycle, Duration atMost) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DatabaseBackup.Written backup(
      Configuration configuration, Lifecycle lifecycle, Path file, Progress progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DatabaseRestore.Restored restore(
      Configuration configuration,
      Lifecycle lifecycle,
      Path file,
      DatabaseRestore.Options options,
      Progress progress) {
    throw new UnsupportedOperationException();
  }
}
