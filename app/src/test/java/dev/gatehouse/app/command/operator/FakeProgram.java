package dev.gatehouse.app.command.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.health.Readiness;
import dev.gatehouse.app.command.Gatehouse;
import dev.gatehouse.app.command.TestOperations;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.wiring.Capacity;
import dev.gatehouse.app.wiring.Launcher;
import dev.gatehouse.app.wiring.Operations;
import dev.gatehouse.hashing.HashRate;
import dev.gatehouse.hashing.argon2.HashParameters;
import dev.gatehouse.postgres.backup.DatabaseBackup;
import dev.gatehouse.postgres.backup.DatabaseRestore;
import dev.gatehouse.postgres.backup.Progress;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program whose operators work on stores in memory, and which serves nothing.
public final class FakeProgram implements Launcher {
  final List<String> closed = new ArrayList<>();
  Exception failure = new IllegalStateException("not meant to be served");
  int pending;
  Optional<Duration> waited = Optional.empty();
  public Capacity capacity =
      new Capacity(HashParameters.RECOMMENDED, new HashRate("a test", 2, 50), 14, Optional.empty());
  private final TestOperations operations = new TestOperations();

  /// Runs a command on this program, where no person sits.
  ///
  /// @return its exit status
  public int run(OutputStream out, OutputStream err, String input, String... arguments) {
    var context =
        new CommandContext(
            Map.of(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            Optional::empty,
            false,
            this,
            _ -> {},
            () -> {});
    return Gatehouse.run(context, arguments);
  }

  @Override
  public Addresses serve(Configuration configuration, Lifecycle lifecycle, Readiness readiness) {
    lifecycle.start("the pool", () -> () -> closed.add("pool"));
    return lifecycle.attempt(
        "the listener",
        () -> {
          throw failure;
        });
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
    return capacity;
  }

  @Override
  public Operations operate(Configuration configuration, Lifecycle lifecycle) {
    lifecycle.start("the pool", () -> () -> closed.add("pool"));
    return operations.operations();
  }

  @Override
  public int migrate(Configuration configuration, Lifecycle lifecycle, boolean onlyCheck) {
    lifecycle.start("the pool", () -> () -> closed.add("pool"));
    return pending;
  }

  @Override
  public void awaitSchema(Configuration configuration, Lifecycle lifecycle, Duration atMost) {
    waited = Optional.of(atMost);
    if (pending > 0) {
      throw new IllegalStateException("the schema is too old");
    }
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
