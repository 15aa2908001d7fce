package dev.gatehouse.http.eventloop;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads that parse and write, shared by all servers of the program. Thread-safe.
public final class EventLoops implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventLoops.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final int count;
  private final AtomicInteger anyPort = new AtomicInteger();

  private EventLoops(Vertx vertx, int count) {
    this.vertx = vertx;
    this.count = count;
  }

  /// One loop for every two processors: the other half is for the virtual threads and for hashing.
  public static EventLoops open() {
    return open(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  /// A number of loops.
  public static EventLoops open(int count) {
    var options =
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(count)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setDisableTCCL(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    Vertx vertx = Vertx.vertx(options);
    vertx.exceptionHandler(
        thrown ->
            Faults.describe(log.atError(), thrown)
                .log("Event loop caught an unexpected exception"));
    log.atInfo()
        .addKeyValue("transport", vertx.isNativeTransportEnabled() ? "epoll" : "nio")
        .addKeyValue("loops", count)
        .log("Event loops opened");
    return new EventLoops(vertx, count);
  }

  public Vertx vertx() {
    return vertx;
  }

  public int count() {
    return count;
  }

  /// A negative number; listeners that pass the same one to Vert.x share one free port.
  public int anyPort() {
    return anyPort.decrementAndGet();
  }

  @Override
  public void close() {
    Futures.until(vertx.close(), LONGEST_CLOSE, "The event loops could not be closed.");
  }
}
