package dev.gatehouse.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.command.operator.FakeProgram;
import dev.gatehouse.app.wiring.Capacity;
import dev.gatehouse.hashing.HashRate;
import dev.gatehouse.hashing.argon2.HashParameters;
import dev.gatehouse.postgres.database.ConnectionBudget;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CapacityTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final FakeProgram program = new FakeProgram();

  @ParameterizedTest
  @CsvSource({"0.5, 1", "40, 1", "40.1, 2", "400, 10", "1000000, 25000"})
  void countsInstancesAtFourFifthsOfTheirRate(double signIns, int instances) {
    Capacity.Need need = program.capacity.need(signIns);

    assertThat(need.instances()).isEqualTo(instances);
    assertThat(need.workers()).isEqualTo(2 * instances);
    assertThat(need.connections()).isEqualTo(14 * instances);
  }

  @Test
  void saysWhatTheMachineCarriesAndWhatATargetNeeds() {
    assertThat(run("capacity", "--sign-ins", "100")).isZero();
    assertThat(text(out).lines())
        .containsExactly(
            "A hash takes 40.0 ms here (Argon2id, 19456 KiB, t=2, p=1, by a test).",
            "2 workers make 50.0 a second, so an instance carries 40.0 sign-ins a second at 80 %"
                + " load.",
            "100.0 sign-ins a second need 3 such instances, with 6 workers on as many processors.",
            "They open up to 42 database connections (14 each); no PostgreSQL was asked whether it"
                + " has them.");
  }

  @Test
  void holdsConnectionsAgainstThoseOfTheServer() {
    program.capacity = with(new ConnectionBudget("PostgreSQL", 1, 14, 27));

    assertThat(run("capacity", "--sign-ins", "100")).isZero();
    assertThat(text(out)).contains("PostgreSQL has 27 for them", "raise max_connections");
    out.reset();
    assertThat(run("capacity", "--sign-ins", "100", "--json")).isZero();
    var target = new JsonMapper().readTree(text(out)).required("target");
    assertThat(target.required("instances").intValue()).isEqualTo(3);
    assertThat(target.required("database_connections").intValue()).isEqualTo(42);
    assertThat(target.required("database_connections_available").intValue()).isEqualTo(27);
    assertThat(target.required("enough_database_connections").booleanValue()).isFalse();
    out.reset();
    assertThat(run("capacity", "--sign-ins", "40")).isZero();
    assertThat(text(out)).doesNotContain("raise max_connections");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "1000001", "many"})
  void refusesATargetThatIsNone(String target) {
    assertThat(run("capacity", "--sign-ins", target)).isEqualTo(2);
    assertThat(text(err).lines()).hasSize(1);
  }

  private static Capacity with(ConnectionBudget budget) {
    return new Capacity(
        HashParameters.RECOMMENDED, new HashRate("a test", 2, 50), 14, Optional.of(budget));
  }

  private int run(String... arguments) {
    return program.run(out, err, "", arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(UTF_8);
  }
}
