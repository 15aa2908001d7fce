package dev.gatehouse.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.token.ServerKey;
import dev.gatehouse.accounts.token.ServerKey.Purpose;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.testkit.ManualTime;
import dev.gatehouse.tokens.TokenFixture.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class KeyRotationTest {
  private static final Duration STEP = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofSeconds(30);

  private final TokenFixture fixture = new TokenFixture();

  @Test
  void signsAtOnceWithTheFirstKey() {
    Instance instance = fixture.instance();

    assertThat(stored()).hasSize(1);
    assertThat(stored().getFirst().activeFrom()).isEqualTo(TokenFixture.START);
    assertThat(instance.tokens.verify(instance.issue())).isNotNull();
  }

  /// Two days of hourly rotation, two instances that look into the store at different moments. At
  /// every step each verifies whatever living token the other has issued, as does anybody who keeps
  /// the published keys for as long as they may be kept.
  @Test
  void neverFailsVerificationOverManyRotations() {
    var settings = hourly();
    Instance left = fixture.instance(fixture.store, fixture.clock, settings);
    Instance right = fixture.instance(fixture.store, fixture.clock, settings);
    var alive = new ArrayDeque<String>();
    var kids = new HashSet<String>();
    SigningKeys cached = left.ring.current();

    for (int step = 0; step < Duration.ofHours(12).dividedBy(STEP); step++) {
      fixture.clock.advance(STEP);
      refreshWhenDue(left, step, 0);
      refreshWhenDue(right, step, 1);
      if (step % 20 == 0) {
        cached = left.ring.current();
      }
      for (Instance issuer : List.of(left, right)) {
        SigningKey signer = issuer.ring.current().signer(fixture.clock.instant());
        assertThat(cached.byKid(signer.kid())).as("published before it signs").isPresent();
        kids.add(signer.kid());
      }
      if (step % 4 == 0) {
        alive.add(left.issue());
        alive.add(right.issue());
        while (alive.size() > 2 * 5) {
          alive.remove();
        }
        for (String token : alive) {
          assertThat(left.tokens.verify(token)).isNotNull();
          assertThat(right.tokens.verify(token)).isNotNull();
        }
      }
      assertThat(stored().size()).isLessThanOrEqualTo(4);
    }

    assertThat(kids.size()).isBetween(11, 13);
  }

  @Test
  void rotatesByTimeOncePerPeriod() {
    Instance instance = fixture.instance();
    fixture.clock.advance(Duration.ofDays(30).minus(RotationPlan.LEAD).minusMillis(1));
    instance.ring.refresh();
    assertThat(stored()).hasSize(1);

    fixture.clock.advance(Duration.ofMillis(1));
    instance.ring.refresh();
    instance.ring.refresh();

    assertThat(stored()).hasSize(2);
    assertThat(stored().getLast().activeFrom())
        .isEqualTo(TokenFixture.START.plus(Duration.ofDays(30)));
    assertThat(fixture.audit.events())
        .containsExactly(rotated("gatehouse", stored().getLast().kid()));
  }

  @Test
  void publishesBeforeItSignsWhenAskedToRotate() {
    Instance instance = fixture.instance();
    String first = signer(instance);

    KeyRotation rotation = instance.ring.rotate();
    instance.ring.refresh();

    assertThat(rotation.made()).isTrue();
    assertThat(fixture.audit.events()).containsExactly(rotated("operator", rotation.kid()));
    assertThat(rotation.signsFrom()).isEqualTo(TokenFixture.START.plus(RotationPlan.LEAD));
    assertThat(new String(instance.ring.current().published().body(), US_ASCII))
        .contains(rotation.kid());
    assertThat(signer(instance)).isEqualTo(first);
    fixture.clock.advance(RotationPlan.LEAD);
    assertThat(signer(instance)).isEqualTo(rotation.kid());
  }

  private static AuditEvent rotated(String actor, String kid) {
    var origin = new Origin("local", "gatehouse", "key-rotation");
    return new AuditEvent(AuditEvent.Kind.SIGNING_KEY_ROTATED, actor, kid, origin);
  }

  @Test
  void doesNotRotateAgainWhileKeyWaits() {
    Instance instance = fixture.instance();
    KeyRotation first = instance.ring.rotate();

    fixture.clock.advance(RotationPlan.LEAD.minusSeconds(1));
    KeyRotation second = instance.ring.rotate();

    assertThat(second).isEqualTo(new KeyRotation(first.kid(), first.signsFrom(), false));
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(instance.ring.rotate().made()).isTrue();
  }

  @Test
  void makesOneKeyWhenInstancesRotateAtOnce() throws InterruptedException, ExecutionException {
    Instance left = fixture.instance();
    Instance right = fixture.instance();

    List<Callable<KeyRotation>> both = List.of(left.ring::rotate, right.ring::rotate);
    List<KeyRotation> rotations = atOnce(both);

    assertThat(stored()).hasSize(2);
    assertThat(rotations).extracting(KeyRotation::kid).containsOnly(stored().getLast().kid());
    assertThat(rotations).filteredOn(KeyRotation::made).hasSize(1);
  }

  @Test
  void makesOneFirstKeyWhenInstancesStartAtOnce() throws InterruptedException, ExecutionException {
    List<Callable<Instance>> starts =
        List.of(fixture::instance, fixture::instance, fixture::instance, fixture::instance);

    List<Instance> instances = atOnce(starts);

    assertThat(stored()).hasSize(1);
    assertThat(instances)
        .extracting(KeyRotationTest.this::signer)
        .containsOnly(stored().getFirst().kid());
  }

  @Test
  void keepsKeyUntilTheLastTokenItSignedIsGone() {
    Instance instance = fixture.instance();
    String first = signer(instance);
    KeyRotation rotation = instance.ring.rotate();
    Duration life = TokenFixture.SETTINGS.accessTtl();

    fixture.clock.jumpTo(rotation.signsFrom().plus(life).plus(RotationPlan.KEEP));
    instance.ring.refresh();
    assertThat(instance.ring.current().byKid(first)).isPresent();

    fixture.clock.advance(Duration.ofMillis(1));
    instance.ring.refresh();
    assertThat(instance.ring.current().byKid(first)).isEmpty();
    assertThat(stored()).extracting(ServerKey::kid).containsExactly(rotation.kid());
  }

  @Test
  void signsOnUnderClockThatIsBehindTheFirstKey() {
    Instance maker = fixture.instance();
    var behind = new ManualTime(TokenFixture.START.minus(Duration.ofSeconds(20)));
    Instance instance = fixture.instance(fixture.store, behind, TokenFixture.SETTINGS);

    assertThat(maker.tokens.verify(instance.issue())).isNotNull();
  }

  @Test
  void recoversFromClockThatRanMonthsAhead() {
    Instance instance = fixture.instance();
    fixture.clock.advance(Duration.ofDays(100));
    instance.ring.refresh();
    fixture.clock.jumpTo(TokenFixture.START.plusSeconds(60));

    instance.ring.refresh();
    assertThat(instance.tokens.verify(instance.issue())).isNotNull();

    KeyRotation rotation = instance.ring.rotate();
    assertThat(rotation.made()).isTrue();
    fixture.clock.advance(RotationPlan.LEAD);
    instance.ring.refresh();
    assertThat(signer(instance)).isEqualTo(rotation.kid());
  }

  @Test
  void addsAndRemovesNothingWhileClocksDisagree() {
    Instance instance = fixture.instance();
    instance.ring.rotate();
    List<ServerKey> before = stored();
    fixture.clocksAgree.set(false);
    fixture.clock.advance(Duration.ofDays(91));

    instance.ring.refresh();
    assertThatThrownBy(instance.ring::rotate)
        .isInstanceOf(Fault.class)
        .hasMessageContaining("clocks");
    assertThat(stored()).isEqualTo(before);

    fixture.clocksAgree.set(true);
    instance.ring.refresh();
    assertThat(stored()).hasSize(2).doesNotContain(before.getFirst());
  }

  /// The instance is months ahead of the store, and believes that the clocks agree.
  @Test
  void keepsKeysWhoseTimeHasNotComeByTheStore() {
    Instance right = fixture.instance();
    KeyRotation rotation = right.ring.rotate();
    var ahead = new ManualTime(TokenFixture.START.plus(Duration.ofDays(29)));

    Instance wrong = fixture.instance(fixture.store, ahead, TokenFixture.SETTINGS);

    assertThat(stored()).hasSize(2);
    assertThat(stored().getLast().kid()).isEqualTo(rotation.kid());
    assertThat(right.tokens.verify(right.issue())).isNotNull();
    assertThat(wrong.ring.current().byKid(stored().getFirst().kid())).isPresent();
  }

  @Test
  void makesTheFirstKeyWhileClocksDisagree() {
    fixture.clocksAgree.set(false);

    Instance instance = fixture.instance();

    assertThat(stored()).hasSize(1);
    assertThat(instance.tokens.verify(instance.issue())).isNotNull();
  }

  @Test
  void keepsTheSameObjectsWhileNothingChanges() {
    Instance instance = fixture.instance();
    SigningKeys before = instance.ring.current();

    fixture.clock.advance(Duration.ofDays(1));
    instance.ring.refresh();

    assertThat(instance.ring.current()).isSameAs(before);
  }

  private static TokenSettings hourly() {
    return new TokenSettings(
        "https://id.example.org",
        "gatehouse",
        Duration.ofMinutes(5),
        Duration.ofDays(30),
        Duration.ofDays(90),
        Duration.ofHours(1));
  }

  private static void refreshWhenDue(Instance instance, int step, int phase) {
    if (step % POLL.dividedBy(STEP) == phase) {
      instance.ring.refresh();
    }
  }

  private String signer(Instance instance) {
    Instant now = fixture.clock.instant();
    return instance.ring.current().signer(now).kid();
  }

  private List<ServerKey> stored() {
    return fixture.store.list(Purpose.ACCESS_TOKEN_SIGNING);
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls)
      throws InterruptedException, ExecutionException {
    var results = new ArrayList<T>();
    try (var threads = Executors.newFixedThreadPool(calls.size())) {
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
    }
    return results;
  }
}
