package dev.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.CallResponse;
import dev.gatehouse.api.walk.Faults;
import org.junit.jupiter.api.Test;

/// What load balancers see while the database is down.
class ReadyTest extends RunningService {
  private static final Call READY = Call.of("GET /ready");

  @Test
  void thoseWhoCanSendElsewhereAreToldToSendNone() {
    CallResponse response = service.faults.during(Faults.Kind.NOT_READY, () -> send(READY));

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.json().at("/checks/database").asString()).isEqualTo("down");
  }

  @Test
  void thoseWhoWouldSendNobodyAnyAreToldOfTheInstanceAlone() {
    Call call = READY.at("/ready?scope=instance");

    CallResponse response = service.faults.during(Faults.Kind.NOT_READY, () -> send(call));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text("status")).isEqualTo("up");
    assertThat(response.json().path("checks").isEmpty()).isTrue();
  }

  @Test
  void anotherScopeIsRefused() {
    CallResponse response = send(READY.at("/ready?scope=everything"));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.json().at("/errors/0/field").asString()).isEqualTo("scope");
  }
}
