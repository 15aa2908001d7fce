package dev.gatehouse.telemetry.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.Origin;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoggingTest {
  private static final Logger log =
      LoggerFactory.getLogger("dev.gatehouse.http.internal.AccessLog");
  private static final Logger library = LoggerFactory.getLogger("org.example.Library");
  private static final String FORGED = "x\n12:00:00.000 ERROR forged\u2028\u001b[2J\u202e";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void writesShortTextForPeople() {
    logged(LogFormat.TEXT, () -> log.atInfo().addKeyValue("status", 200).log("answered {}", "GET"));

    assertThat(text())
        .matches(
            "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  http\\.internal\\.AccessLog  answered GET status=200\n");
  }

  @Test
  void keepsEveryTextOnItsOwnLine() {
    logged(
        LogFormat.TEXT,
        () -> {
          MDC.put("request_id", FORGED);
          log.atWarn().addKeyValue("email", FORGED).log(FORGED);
          MDC.remove("request_id");
        });

    assertThat(text().lines()).hasSize(1);
    assertThat(text()).doesNotContain("\u001b", "\u2028", "\u202e").contains("request_id=");
  }

  @Test
  void indentsStackTracesAndKeepsTheirMessagesOnOneLine() {
    logged(LogFormat.TEXT, () -> log.error("failed", new IllegalStateException(FORGED)));

    assertThat(text().lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("    "));
    assertThat(text()).contains("    java.lang.IllegalStateException: x\\n12");
  }

  @Test
  void writesOneJsonObjectALine() {
    logged(
        LogFormat.JSON,
        () -> {
          MDC.put("request_id", "r-1");
          log.atInfo().addKeyValue("status", 200).log(FORGED);
          log.error("failed", new IllegalStateException("broken"));
          MDC.remove("request_id");
        });

    var lines = text().lines().map(line -> new JsonMapper().readTree(line)).toList();
    assertThat(lines).hasSize(2);
    JsonNode first = lines.getFirst();
    assertThat(first.get("message").stringValue()).isEqualTo(FORGED);
    assertThat(first.get("level").stringValue()).isEqualTo("INFO");
    assertThat(first.get("logger").stringValue())
        .isEqualTo("dev.gatehouse.http.internal.AccessLog");
    assertThat(first.get("status").intValue()).isEqualTo(200);
    assertThat(first.get("request_id").stringValue()).isEqualTo("r-1");
    assertThat(first.get("timestamp").stringValue()).endsWith("Z");
    assertThat(lines.getLast().get("stack_trace").stringValue()).contains("broken");
  }

  @Test
  void writesSecurityEventsAtEveryLevel() {
    try (Logging _ = Logging.start(LogFormat.JSON, LogLevel.ERROR, out, false)) {
      var origin = new Origin("192.0.2.7", "agent", "r-1");
      new LoggedAuditLog()
          .record(AuditEvent.about(AuditEvent.Kind.SIGN_IN_FAILED, "address:x", origin));
    }

    JsonNode event = new JsonMapper().readTree(text());
    assertThat(event.get("logger").stringValue()).isEqualTo("gatehouse.audit");
    assertThat(event.get("event").stringValue()).isEqualTo("sign_in_failed");
    assertThat(event.get("actor").stringValue()).isEqualTo("anonymous");
    assertThat(event.get("subject").stringValue()).isEqualTo("address:x");
    assertThat(event.get("ip").stringValue()).isEqualTo("192.0.2.7");
    assertThat(event.get("request_id").stringValue()).isEqualTo("r-1");
  }

  @Test
  void writesNoNameTwice() {
    logged(
        LogFormat.JSON,
        () -> {
          MDC.put("request_id", "context");
          log.atInfo().addKeyValue("request_id", "own").addKeyValue("level", "forged").log("twice");
          MDC.remove("request_id");
        });

    assertThat(text()).containsOnlyOnce("\"request_id\":\"own\"").doesNotContain("context");
    assertThat(text()).containsOnlyOnce("\"level\":").contains("\"level_\":\"forged\"");
  }

  @Test
  void survivesTextThatIsNoUnicode() {
    logged(LogFormat.JSON, () -> log.info("half \ud83d of a pair"));

    assertThat(new JsonMapper().readTree(text()).get("message").stringValue())
        .isEqualTo("half ? of a pair");
  }

  @Test
  void letsLibrariesSayOneStepLess() {
    logged(
        LogFormat.TEXT,
        () -> {
          log.debug("own debug");
          log.info("own info");
          library.info("library info");
          library.warn("library warn");
        });

    assertThat(text()).contains("own info", "library warn").doesNotContain("debug", "library info");
  }

  @Test
  void writesAllThatIsQueuedWhenItIsClosed() {
    logged(
        LogFormat.TEXT,
        () -> {
          for (int event = 0; event < 5_000; event++) {
            log.info("event {}", event);
          }
        });

    assertThat(text().lines()).hasSize(5_000).last().asString().endsWith("event 4999");
  }

  private void logged(LogFormat format, Runnable work) {
    try (Logging _ = Logging.start(format, LogLevel.INFO, out, false)) {
      work.run();
    }
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
