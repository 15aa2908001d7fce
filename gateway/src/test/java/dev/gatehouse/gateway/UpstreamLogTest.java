package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.resilience.balancing.BalancerListener;
import dev.gatehouse.resilience.balancing.EjectionReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UpstreamLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(UpstreamLog.class);
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final List<String> passedOn = new ArrayList<>();

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
  void writesALineForEachChangeAndPassesItOn() {
    var log = new UpstreamLog(noting());
    log.ejected("a:1", EjectionReason.FAILURE_RATE, Duration.ofSeconds(2));
    log.panicked(true);
    log.panicked(false);
    log.returned("a:1");

    assertThat(appender.list.stream().map(UpstreamLogTest::line))
        .containsExactly(
            "WARN Instance ejected [instance=\"a:1\", reason=\"failure_rate\", seconds=\"2\"]",
            "WARN All instances are ejected: all are called null",
            "INFO Not all instances are ejected any more null",
            "INFO Instance returned [instance=\"a:1\"]");
    assertThat(passedOn)
        .containsExactly("a:1 FAILURE_RATE PT2S", "panic true", "panic false", "a:1");
  }

  private static String line(ILoggingEvent event) {
    return event.getLevel() + " " + event.getMessage() + " " + event.getKeyValuePairs();
  }

  private BalancerListener noting() {
    return new BalancerListener() {
      @Override
      public void ejected(String instance, EjectionReason reason, Duration length) {
        passedOn.add(instance + " " + reason + " " + length);
      }

      @Override
      public void returned(String instance) {
        passedOn.add(instance);
      }

      @Override
      public void panicked(boolean panicking) {
        passedOn.add("panic " + panicking);
      }
    };
  }
}
