package dev.gatehouse.http.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.http.Guard;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.internal.ErrorFilter;
import dev.gatehouse.http.server.TestServer;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// How much of the log one fault can fill.
class StackTracesTest {
  private final AtomicLong nanos = new AtomicLong();
  private final StackTraces stacks = new StackTraces(nanos::get);

  @Test
  void admitOneAMinuteOfEachPlaceAndCountTheOthers() {
    assertThat(stacks.admit(here())).isEqualTo(OptionalInt.of(0));
    for (int i = 0; i < 3; i++) {
      assertThat(stacks.admit(new Fault("wrapped", here()))).isEmpty();
    }
    assertThat(stacks.admit(there())).isEqualTo(OptionalInt.of(0));

    nanos.addAndGet(Duration.ofSeconds(61).toNanos());

    assertThat(stacks.admit(here())).isEqualTo(OptionalInt.of(3));
    assertThat(stacks.admit(there())).isEqualTo(OptionalInt.of(0));
  }

  @Test
  void rememberABoundedNumberOfPlaces() {
    int admitted = 0;
    for (int i = 0; i < 10_000; i++) {
      admitted += stacks.admit(at(i)).isPresent() ? 1 : 0;
    }

    assertThat(admitted).isBetween(200, 300);
  }

  @Test
  void areWrittenOnceForManyRequestsThatFailAlike() throws Exception {
    var logger = (Logger) LoggerFactory.getLogger(ErrorFilter.class);
    var logged = new ListAppender<ILoggingEvent>();
    logged.start();
    logger.addAppender(logged);
    try (var server = TestServer.with(Route.get("/faulty", _ -> failing()).access(Guard.PUBLIC));
        var client = server.connect()) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.send(TestServer.head("GET", "/faulty")).read().status()).isEqualTo(500);
      }
    } finally {
      logger.detachAppender(logged);
    }

    assertThat(logged.list).hasSize(20);
    assertThat(logged.list).filteredOn(event -> event.getThrowableProxy() != null).hasSize(1);
    assertThat(logged.list.getLast().getKeyValuePairs().toString())
        .contains("request_id", "IllegalCallerException: nothing expected this", "failing");
  }

  private static Response failing() {
    throw new IllegalCallerException("nothing expected this");
  }

  private static IllegalStateException here() {
    return new IllegalStateException("here");
  }

  private static IllegalStateException there() {
    return new IllegalStateException("there");
  }

  private static IllegalStateException at(int line) {
    var thrown = new IllegalStateException("somewhere");
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("Somewhere", "work", "Somewhere.java", line)
        });
    return thrown;
  }
}
