package dev.gatehouse.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalRecordTest {
  private static final Limit LOGIN = new Limit("login_ip", new Rate(1, Duration.ofMinutes(1)));
  private static final Limit IP = new Limit("ip", new Rate(1, Duration.ofMinutes(1)));

  private final ManualNanos nanos = new ManualNanos();
  private final List<AuditEvent> events = new ArrayList<>();
  private final RefusalRecord record = new RefusalRecord(events::add, nanos);

  @Test
  void saysWhichLimitRefusedWhom() {
    record.refused(LOGIN, 7, origin("192.0.2.7"));

    assertThat(events)
        .containsExactly(
            AuditEvent.about(AuditEvent.Kind.RATE_LIMITED, "limit:login_ip", origin("192.0.2.7")));
  }

  @Test
  void recordsTheFirstOfManyRefusalsOnly() {
    for (int refusal = 0; refusal < 1_000; refusal++) {
      record.refused(LOGIN, 7, origin("192.0.2.7"));
    }
    assertThat(events).hasSize(1);

    record.refused(IP, 7, origin("192.0.2.7"));
    record.refused(LOGIN, 8, origin("192.0.2.8"));
    assertThat(events).hasSize(3);
  }

  @Test
  void recordsAnAttackThatGoesOn() {
    record.refused(LOGIN, 7, origin("192.0.2.7"));
    nanos.advance(Duration.ofMinutes(9));
    record.refused(LOGIN, 7, origin("192.0.2.7"));
    assertThat(events).hasSize(1);

    nanos.advance(Duration.ofMinutes(2));
    record.refused(LOGIN, 7, origin("192.0.2.7"));
    assertThat(events).hasSize(2);
  }

  @Test
  void isNotFloodedByAnyNumberOfClients() {
    for (int client = 0; client < 100_000; client++) {
      record.refused(IP, client, origin("client " + client));
    }
    assertThat(events).hasSize(60);

    nanos.advance(Duration.ofMinutes(1));
    record.refused(IP, 99_999, origin("the last"));
    assertThat(events).hasSize(61);
  }

  private static Origin origin(String ip) {
    return new Origin(ip, "test", "request");
  }
}
