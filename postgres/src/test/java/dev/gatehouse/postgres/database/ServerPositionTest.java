package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerPositionTest {
  private static final ServerPosition SEEN = new ServerPosition(7, 3, 2, 50, 1_000);

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "7, 3, 2, 50, 1000, none",
        "7, 3, 2, 51, 1001, none",
        "7, 3, 2, 50, 999, it lacks 1 bytes of the log that were seen",
        "7, 3, 2, 48, 5000, it lacks 2 signs of life that were seen",
        "7, 3, 3, 40, 10, none",
        "7, 3, 1, 60, 5000, 'its timeline is 1, 2 was seen'",
        "8, 3, 2, 60, 5000, 'it is cluster 8, cluster 7 was seen'",
        "7, 2, 9, 60, 5000, 'its epoch is 2, 3 was seen'",
        "8, 4, 1, 1, 10, none",
      })
  void isBehindWhenItLacksWhatWasSeen(
      long system, long epoch, int timeline, long beats, long flushed, String lack) {
    var position = new ServerPosition(system, epoch, timeline, beats, flushed);

    assertThat(position.lacks(SEEN).orElse(null)).isEqualTo(lack);
    assertThat(ServerPosition.parse(position.toString())).contains(position);
  }

  @ParameterizedTest
  @CsvSource({"7, 3, 3, 900, 100", "7, 3, 3, 1100, 0", "7, 3, 2, 1100, 0", "8, 4, 3, 900, 0"})
  void countsWhatAPromotionLost(long system, long epoch, int timeline, long flushed, long lost) {
    var position = new ServerPosition(system, epoch, timeline, 50, flushed);

    assertThat(position.lostSince(SEEN)).isEqualTo(lost);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1:2:3:4",
        "1:2:3:4:5:6",
        "a:2:3:4:5",
        "1:2:3:4:-5",
        "1:99999999999999999999:3:4:5"
      })
  void readsNoOtherForm(String text) {
    assertThat(ServerPosition.parse(text)).isEmpty();
  }
}
