package dev.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.walk.Answer;
import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.Faults;
import org.junit.jupiter.api.Test;

/// What balancers are told while the database is away.
class ReadyTest extends RunningService {
  private static final Call READY = Call.of("GET /ready");

  @Test
  void thoseWhoCanSendElsewhereAreToldToSendNone() {
    Answer answer = service.faults.during(Faults.Kind.NOT_READY, () -> send(READY));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().at("/checks/database").asString()).isEqualTo("down");
  }

  @Test
  void thoseWhoWouldSendNobodyAnyAreToldOfTheInstanceAlone() {
    Call call = READY.at("/ready?scope=instance");

    Answer answer = service.faults.during(Faults.Kind.NOT_READY, () -> send(call));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("up");
    assertThat(answer.json().path("checks").isEmpty()).isTrue();
  }

  @Test
  void anotherScopeIsRefused() {
    Answer answer = send(READY.at("/ready?scope=everything"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("scope");
  }
}
