package dev.gatehouse.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaleListRetentionTest {
  private static final Instance A = Instance.at("a", 1);
  private static final Instance B = Instance.at("b", 1);
  private static final Instance C = Instance.at("c", 1);

  private long now;
  private final StaleListRetention recovery =
      new StaleListRetention(Duration.ofSeconds(30), () -> now);

  @Test
  void followsWhileNothingIsLost() {
    assertThat(recovery.serve(List.of(A, B))).containsExactly(A, B);
    assertThat(recovery.serve(List.of(A))).containsExactly(A);
    assertThat(recovery.recovering()).isFalse();
  }

  @Test
  void keepsTheLastGoodListWhenThereIsNobody() {
    recovery.serve(List.of(A, B));

    assertThat(recovery.serve(List.of())).containsExactly(A, B);
    pass(Duration.ofDays(1));
    assertThat(recovery.serve(List.of())).containsExactly(A, B);
  }

  @Test
  void servesNobodyAsLongAsThereNeverWasAnybody() {
    assertThat(recovery.serve(List.of())).isEmpty();
    assertThat(recovery.serve(List.of(A))).containsExactly(A);
  }

  @Test
  void keepsThoseNotNamedYetUntilAllAreBack() {
    recovery.serve(List.of(A, B));
    recovery.lost();

    assertThat(recovery.serve(List.of(A))).containsExactlyInAnyOrder(A, B);
    assertThat(recovery.serve(List.of(A, C))).containsExactlyInAnyOrder(A, B, C);
    assertThat(recovery.serve(List.of(A, B, C))).containsExactly(A, B, C);
    assertThat(recovery.recovering()).isFalse();
    assertThat(recovery.serve(List.of(C))).containsExactly(C);
  }

  @Test
  void followsAgainWhenTheGraceIsOver() {
    recovery.serve(List.of(A, B));
    recovery.serve(List.of());
    pass(Duration.ofHours(1));

    assertThat(recovery.serve(List.of(A))).containsExactlyInAnyOrder(A, B);
    assertThat(recovery.graceLeft()).isEqualTo(Duration.ofSeconds(30));
    pass(Duration.ofSeconds(29));
    assertThat(recovery.serve(List.of(A))).containsExactlyInAnyOrder(A, B);
    pass(Duration.ofSeconds(1));
    assertThat(recovery.serve(List.of(A))).containsExactly(A);
  }

  @Test
  void takesWhatIsNamedAsItIsNamedNow() {
    recovery.serve(List.of(A, B));
    recovery.lost();

    assertThat(recovery.serve(List.of(A.startedAs("again"))))
        .containsExactlyInAnyOrder(A.startedAs("again"), B);
  }

  @Test
  void startsTheGraceAnewWhenItIsLostAgain() {
    recovery.serve(List.of(A, B));
    recovery.lost();
    recovery.serve(List.of(A));
    pass(Duration.ofSeconds(29));
    recovery.lost();
    pass(Duration.ofSeconds(29));

    assertThat(recovery.serve(List.of(A))).containsExactlyInAnyOrder(A, B);
  }

  @Test
  void keepsThoseThatCameDuringARecoveryWhenItIsLostAgain() {
    recovery.serve(List.of(A));
    recovery.lost();
    recovery.serve(List.of(B, C));

    assertThat(recovery.serve(List.of()))
        .as("what was served last, not what was before the loss")
        .containsExactlyInAnyOrder(A, B, C);
    assertThat(recovery.serve(List.of(B))).containsExactlyInAnyOrder(A, B, C);
    pass(Duration.ofSeconds(30));
    assertThat(recovery.serve(List.of(B, C))).containsExactly(B, C);
    assertThat(recovery.serve(List.of())).containsExactly(B, C);
  }

  @Test
  void doesNotKeepThoseThatCameAndWentDuringARecovery() {
    recovery.serve(List.of(A));
    recovery.lost();
    recovery.serve(List.of(B, C));

    assertThat(recovery.serve(List.of(B))).containsExactlyInAnyOrder(A, B);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
