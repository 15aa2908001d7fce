package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.model.ServerKey;
import dev.gatehouse.accounts.model.ServerKey.Purpose;
import dev.gatehouse.accounts.model.ServerKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every store of server keys must do.
public abstract class ServerKeysContract {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final int RACERS = 16;

  /// An empty store, the same for the length of a test.
  protected abstract ServerKeys keys();

  @Test
  void returnsWhatWasAdded() {
    ServerKey key = signing("a", 1);

    assertThat(keys().add(key)).isTrue();

    assertThat(keys().list(Purpose.ACCESS_TOKEN_SIGNING)).containsExactly(key);
  }

  @Test
  void listsBySequenceWhateverTheOrderOfAdding() {
    keys().add(signing("b", 2));
    keys().add(signing("c", 10));
    keys().add(signing("a", 1));

    assertThat(keys().list(Purpose.ACCESS_TOKEN_SIGNING))
        .extracting(ServerKey::kid)
        .containsExactly("a", "b", "c");
  }

  @Test
  void keepsPurposesApart() {
    ServerKey derivation = key("d", Purpose.REFRESH_TOKEN_DERIVATION, 1, "");
    keys().add(signing("a", 1));

    assertThat(keys().add(derivation)).isTrue();

    assertThat(keys().list(Purpose.REFRESH_TOKEN_DERIVATION)).containsExactly(derivation);
    assertThat(keys().list(Purpose.ACCESS_TOKEN_SIGNING)).containsExactly(signing("a", 1));
  }

  @Test
  void refusesSecondKeyInTheSamePlace() {
    keys().add(signing("a", 1));

    assertThat(keys().add(signing("b", 1))).isFalse();

    assertThat(keys().list(Purpose.ACCESS_TOKEN_SIGNING)).containsExactly(signing("a", 1));
  }

  @Test
  void refusesSecondKeyOfTheSameName() {
    keys().add(signing("a", 1));

    assertThat(keys().add(signing("a", 2))).isFalse();
    assertThat(keys().add(key("a", Purpose.REFRESH_TOKEN_DERIVATION, 1, ""))).isFalse();

    assertThat(keys().list(Purpose.ACCESS_TOKEN_SIGNING)).containsExactly(signing("a", 1));
  }

  @Test
  void letsOneOfManyRacersWin() throws InterruptedException, ExecutionException {
    var attempts = new ArrayList<Callable<Boolean>>();
    for (int racer = 0; racer < RACERS; racer++) {
      ServerKey key = signing("racer-" + racer, 1);
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
    ServerKey key = signing("a", 1);
    keys().add(key);

    assertThat(keys().reseal("a", key.sealed(), "second")).isTrue();
    assertThat(keys().reseal("a", key.sealed(), "third")).isFalse();
    assertThat(keys().reseal("unknown", key.sealed(), "fourth")).isFalse();

    assertThat(keys().list(Purpose.ACCESS_TOKEN_SIGNING)).containsExactly(key.withSealed("second"));
  }

  @Test
  void removesOneKeyAndForgivesRemovingItAgain() {
    keys().add(signing("a", 1));
    keys().add(signing("b", 2));

    keys().remove("a");
    keys().remove("a");

    assertThat(keys().list(Purpose.ACCESS_TOKEN_SIGNING)).containsExactly(signing("b", 2));
  }

  private static ServerKey signing(String kid, int sequence) {
    return key(kid, Purpose.ACCESS_TOKEN_SIGNING, sequence, "public-" + kid);
  }

  private static ServerKey key(String kid, Purpose purpose, int sequence, String publicPart) {
    return new ServerKey(
        kid, purpose, sequence, publicPart, "sealed-" + kid, NOW, NOW.plus(Duration.ofMinutes(15)));
  }
}
