package dev.gatehouse.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.gatehouse.http.Guard;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.observation.AccessLine;
import dev.gatehouse.http.server.TestServer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AccessLogTest {
  private static final String NAME = "dev.gatehouse.http";

  private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(NAME);
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          events.add(event);
        }
      };

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(appender);
  }

  @Test
  void writesOneLineForEachResponseWithTemplateInsteadOfPath() throws Exception {
    try (var server =
        TestServer.with(Route.get("/users/{id}", _ -> Response.noContent()).access(Guard.PUBLIC))) {
      server.get("/users/someone", "X-Request-Id: r-1");
      server.get("/nowhere", "X-Request-Id: r-2");
      await().until(() -> lines().size() == 2);
    }

    AccessLine first = lines().getFirst();
    assertThat(first.method()).isEqualTo("GET");
    assertThat(first.path()).isEqualTo("/users/{id}");
    assertThat(first.status()).isEqualTo(204);
    assertThat(first.requestId()).isEqualTo("r-1");
    assertThat(first.client()).isEqualTo("127.0.0.1");
    assertThat(first.micros()).isNotNegative();
    assertThat(first.trace().traceId()).matches("[0-9a-f]{32}");
    AccessLine second = lines().getLast();
    assertThat(second.path()).isEqualTo("other");
    assertThat(second.method()).isEqualTo("OTHER");
    assertThat(second.status()).isEqualTo(404);
    assertThat(second.requestId()).isEqualTo("r-2");
  }

  @Test
  void tellsOfProbesOnlyWhenAllIsNotWell() throws Exception {
    var ready = new AtomicBoolean(true);
    try (var server =
        TestServer.with(
            Route.get("/health", _ -> Response.status(200)).access(Guard.PUBLIC).quiet(),
            Route.get("/ready", _ -> Response.status(ready.get() ? 200 : 503))
                .access(Guard.PUBLIC)
                .quiet())) {
      server.get("/health");
      server.get("/ready");
      ready.set(false);
      server.get("/ready");
      await().until(() -> !lines().isEmpty());
    }

    assertThat(lines()).singleElement().extracting(AccessLine::status).isEqualTo(503);
  }

  @Test
  void logsFaultOnceWithItsStackAndRefusalNotAtAll() throws Exception {
    try (var server =
        TestServer.with(
            Route.get(
                    "/faulty",
                    _ -> {
                      throw new IllegalStateException("broken");
                    })
                .access(Guard.PUBLIC))) {
      server.get("/faulty", "X-Request-Id: r-3");
      server.get("/nowhere");
    }

    assertThat(events)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .singleElement()
        .satisfies(event -> assertThat(event.getThrowableProxy()).isNotNull())
        .satisfies(event -> assertThat(fields(event)).contains("request_id=r-3"));
  }

  private List<AccessLine> lines() {
    return events.stream()
        .filter(event -> event.getMessage().equals("Request completed"))
        .map(event -> (AccessLine) event.getArgumentArray()[0])
        .toList();
  }

  private static String fields(ILoggingEvent event) {
    return event.getKeyValuePairs().stream()
        .map(pair -> pair.key + "=" + pair.value)
        .collect(Collectors.joining(" "));
  }
}
