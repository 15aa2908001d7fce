package dev.gatehouse.telemetry.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggedTasksTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(LoggedTasks.class);
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();
  private final LoggedTasks tasks = new LoggedTasks();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    events.start();
    logger.addAppender(events);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(events);
    logger.setLevel(null);
  }

  @Test
  void warnsOfADependencyThatIsAwayWithoutAStackTrace() {
    tasks.outageBegan("cleanup", new IOException("refused"));
    assertThat(levels()).containsExactly(Level.WARN);
    assertThat(events.list.getFirst().getThrowableProxy()).isNull();
    assertThat(events.list.getFirst().getKeyValuePairs())
        .extracting(pair -> pair.key + "=" + pair.value)
        .containsExactly("task=cleanup", "cause=java.io.IOException: refused");
  }

  @Test
  void logsWhatNothingExpectsWithItsStackTrace() {
    tasks.outageBegan("cleanup", new IllegalStateException("a bug"));
    tasks.outageBegan("cleanup", new StackOverflowError());
    assertThat(levels()).containsExactly(Level.ERROR, Level.ERROR);
    assertThat(events.list).allMatch(event -> event.getThrowableProxy() != null);
  }

  @Test
  void logsAnOutageOnceAndItsEnd() {
    tasks.outageBegan("cleanup", new IOException("refused"));
    tasks.stillFailing("cleanup", new IOException("refused"), 2);
    tasks.outageEnded("cleanup", 2, Duration.ofSeconds(61));
    assertThat(levels()).containsExactly(Level.WARN, Level.INFO);
  }

  private List<Level> levels() {
    return events.list.stream().map(ILoggingEvent::getLevel).toList();
  }
}
