package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatehouse.accounts.token.NewServerKey;
import dev.gatehouse.accounts.token.ServerKey;
import dev.gatehouse.accounts.token.ServerKey.Purpose;
import dev.gatehouse.accounts.token.ServerKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The contract of stores of server keys.
public abstract class ServerKeysContract {
  private static final Duration LEAD = Duration.ofMinutes(15);
  private static final int RACERS = 16;

  /// An empty store, the same during a test.
  protected abstract ServerKeys keys();

  @Test
  void returnsWhatWasAddedWithTimesOfTheStore() {
    assertThat(keys().add(signing("a", 1, LEAD))).isTrue();

    ServerKey key = keys().list(Purpose.ACCESS_TOKEN_SIGNING).getFirst();
    assertThat(key)
        .isEqualTo(
            new ServerKey(
                "a",
                Purpose.ACCESS_TOKEN_SIGNING,
                1,
                "public-a",
                "sealed-a",
                key.createdAt(),
                key.createdAt().plus(LEAD)));
    assertThat(key.createdAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
  }

  @Test
  void removesAKeyOnceALaterOneIsInUseForLongEnough() {
    keys().add(signing("a", 1, Duration.ZERO));
    keys().add(signing("b", 2, LEAD));

    assertThat(keys().removeSuperseded("a", Duration.ZERO)).isFalse();
    assertThat(keys().removeSuperseded("a", LEAD.negated().plusMinutes(1))).isFalse();
    assertThat(keys().removeSuperseded("a", LEAD.negated().minusMinutes(1))).isTrue();
    assertThat(keys().removeSuperseded("a", LEAD.negated().minusMinutes(1))).isFalse();
    assertThat(keys().removeSuperseded("b", LEAD.negated().minusMinutes(1))).isFalse();

    assertThat(kids(Purpose.ACCESS_TOKEN_SIGNING)).containsExactly("b");
  }

  @Test
  void listsBySequenceWhateverTheOrderOfAdding() {
    keys().add(signing("b", 2));
    keys().add(signing("c", 10));
    keys().add(signing("a", 1));

    assertThat(kids(Purpose.ACCESS_TOKEN_SIGNING)).containsExactly("a", "b", "c");
  }

  @Test
  void keepsPurposesApart() {
    NewServerKey derivation = key("d", Purpose.REFRESH_TOKEN_DERIVATION, 1, Duration.ZERO);
    keys().add(signing("a", 1));

    assertThat(keys().add(derivation)).isTrue();

    assertThat(kids(Purpose.REFRESH_TOKEN_DERIVATION)).containsExactly("d");
    assertThat(kids(Purpose.ACCESS_TOKEN_SIGNING)).containsExactly("a");
  }

  @Test
  void refusesSecondKeyInTheSamePlace() {
    keys().add(signing("a", 1));

    assertThat(keys().add(signing("b", 1))).isFalse();

    assertThat(kids(Purpose.ACCESS_TOKEN_SIGNING)).containsExactly("a");
  }

  @Test
  void refusesSecondKeyOfTheSameName() {
    keys().add(signing("a", 1));

    assertThat(keys().add(signing("a", 2))).isFalse();
    assertThat(keys().add(key("a", Purpose.REFRESH_TOKEN_DERIVATION, 1, Duration.ZERO))).isFalse();

    assertThat(kids(Purpose.ACCESS_TOKEN_SIGNING)).containsExactly("a");
  }

  @Test
  void letsOneOfManyRacersWin() throws InterruptedException, ExecutionException {
    var attempts = new ArrayList<Callable<Boolean>>();
    for (int racer = 0; racer < RACERS; racer++) {
      NewServerKey key = signing("racer-" + racer, 1);
      attempts.add(() -> keys().add(key));
    }
    int winners = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
        winners += attempt.get() ? 1 : 0;
      }
    }

    assertThat(winners).isOne();
    assertThat(keys().list(Purpose.ACCESS_TOKEN_SIGNING)).hasSize(1);
  }

  @Test
  void resealsOnlyWhatWasRead() {
    NewServerKey key = signing("a", 1);
    keys().add(key);

    assertThat(keys().reseal("a", key.sealed(), "second")).isTrue();
    assertThat(keys().reseal("a", key.sealed(), "third")).isFalse();
    assertThat(keys().reseal("unknown", key.sealed(), "fourth")).isFalse();

    assertThat(keys().list(Purpose.ACCESS_TOKEN_SIGNING))
        .extracting(ServerKey::sealed)
        .containsExactly("second");
  }

  private List<String> kids(Purpose purpose) {
    return keys().list(purpose).stream().map(ServerKey::kid).toList();
  }

  private static NewServerKey signing(String kid, int sequence) {
    return signing(kid, sequence, Duration.ZERO);
  }

  private static NewServerKey signing(String kid, int sequence, Duration lead) {
    return key(kid, Purpose.ACCESS_TOKEN_SIGNING, sequence, lead);
  }

  private static NewServerKey key(String kid, Purpose purpose, int sequence, Duration lead) {
    return new NewServerKey(kid, purpose, sequence, "public-" + kid, "sealed-" + kid, lead);
  }
}
