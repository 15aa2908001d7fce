package dev.gatehouse.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.testkit.accounts.InMemoryAuditLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccountLimitsTest {
  private static final String ACCOUNT = "ada@example.org";
  private static final String OWNER = "192.0.2.1";
  private static final int TOKENS = 10;

  private final ManualNanos nanos = new ManualNanos();
  private final InMemoryAuditLog audit = new InMemoryAuditLog();
  private final List<String> learned = new ArrayList<>();
  private final AccountLimits limits =
      new AccountLimits(
          new RateLimits(
              RateLimitSettings.defaults(), new LocalBucketStore(nanos), LimitListener.NONE),
          this::storedAddresses,
          (account, ip) -> learned.add(account + " from " + ip),
          new Random(1),
          new RefusalRecord(audit, nanos),
          nanos);

  private List<String> stored = List.of();
  private boolean storeIsAway;
  private int lookups;

  @Test
  void limitsGuessesFromAllAddressesTogether() {
    attack(TOKENS);

    Unavailable refusal = refusalOf(() -> limits.signingIn(ACCOUNT, from("203.0.113.99")));

    assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(6));
    assertThatCode(() -> limits.signingIn("other@example.org", from("203.0.113.99")))
        .doesNotThrowAnyException();
  }

  @Test
  void doesNotHoldTheOwnerLiableForAnAttack() {
    limits.succeeded(ACCOUNT, OWNER);
    attack(TOKENS);

    for (int attempt = 0; attempt < TOKENS; attempt++) {
      limits.signingIn(ACCOUNT, from(OWNER));
    }
    assertThat(refusalOf(() -> limits.signingIn(ACCOUNT, from(OWNER))).code())
        .isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  void knowsAnOwnerWhoSignedInOnAnotherInstance() {
    stored = List.of("198.51.100.1", OWNER);
    attack(TOKENS);

    for (int attempt = 0; attempt < TOKENS; attempt++) {
      limits.signingIn(ACCOUNT, from(OWNER));
    }
    refusalOf(() -> limits.signingIn(ACCOUNT, from(OWNER)));
    refusalOf(() -> limits.signingIn(ACCOUNT, from("203.0.113.99")));
    assertThat(lookups).isOne();
  }

  @Test
  void asksForAnAttackedAccountOnceASecondAtMost() {
    attack(TOKENS);
    for (int guess = 0; guess < 1_000; guess++) {
      refusalOf(() -> limits.signingIn(ACCOUNT, from("203.0.113.99")));
    }
    assertThat(lookups).isOne();

    stored = List.of(OWNER);
    nanos.advance(Duration.ofSeconds(1));
    limits.signingIn(ACCOUNT, from(OWNER));
    assertThat(lookups).isEqualTo(2);
  }

  @Test
  void asksForTheGuessesOfOneNetworkFiveTimesASecondAtMost() {
    for (int account = 0; account < 100; account++) {
      exhaustAndGuess("victim" + account + "@example.org", "2001:db8:0:1::" + (account + 1));
    }

    assertThat(lookups).isEqualTo(5);
  }

  @Test
  void knowsTheOwnerWhileTheGuesserExhaustsOtherAccounts() {
    stored = List.of(OWNER);
    for (int account = 0; account < 100; account++) {
      exhaustAndGuess("victim" + account + "@example.org", "203.0.113.1");
    }
    attack(TOKENS);
    refusalOf(() -> limits.signingIn(ACCOUNT, from("203.0.113.1")));

    assertThatCode(() -> limits.signingIn(ACCOUNT, from(OWNER))).doesNotThrowAnyException();
  }

  @Test
  void tellsOthersWhatItLearns() {
    stored = List.of(OWNER);
    attack(TOKENS);

    limits.signingIn(ACCOUNT, from(OWNER));

    assertThat(learned).containsExactly(ACCOUNT + " from " + OWNER);
  }

  @Test
  void refusesAsBeforeWhileTheStoreIsAway() {
    storeIsAway = true;
    attack(TOKENS);

    refusalOf(() -> limits.signingIn(ACCOUNT, from(OWNER)));

    assertThat(lookups).isOne();
  }

  @Test
  void asksForNoAccountWhoseGuessesAreAllowed() {
    attack(TOKENS);

    assertThat(lookups).isZero();
  }

  @Test
  void knowsAnOwnerByTheNetworkOfAnIpv6Address() {
    limits.succeeded(ACCOUNT, "2001:db8:0:1:0:0:0:1");
    attack(TOKENS);

    assertThatCode(() -> limits.signingIn(ACCOUNT, from("2001:db8:0:1:9:9:9:9")))
        .doesNotThrowAnyException();
    refusalOf(() -> limits.signingIn(ACCOUNT, from("2001:db8:0:2:0:0:0:1")));
  }

  @Test
  void knowsAnAddressAtItsOwnAccountsOnly() {
    limits.succeeded("mallory@example.org", "203.0.113.1");
    attack(TOKENS);

    refusalOf(() -> limits.signingIn(ACCOUNT, from("203.0.113.1")));
  }

  @Test
  void allowsConfirmingWithinASessionDuringAnAttack() {
    var owner = new UserId(new UUID(1, 2));
    attack(TOKENS);

    for (int attempt = 0; attempt < TOKENS; attempt++) {
      limits.confirming(owner, from(OWNER));
    }
    refusalOf(() -> limits.confirming(owner, from(OWNER)));
  }

  @Test
  void allowsAgainAfterAWhile() {
    attack(TOKENS);
    nanos.advance(Duration.ofSeconds(6));

    limits.signingIn(ACCOUNT, from("203.0.113.1"));
    refusalOf(() -> limits.signingIn(ACCOUNT, from("203.0.113.1")));
  }

  @Test
  void putsAnAttackOnRecordOnce() {
    attack(TOKENS);
    for (int attempt = 0; attempt < TOKENS; attempt++) {
      refusalOf(() -> limits.signingIn(ACCOUNT, from("203.0.113.1")));
    }

    assertThat(audit.kinds()).containsExactly(AuditEvent.Kind.RATE_LIMITED);
  }

  private List<String> storedAddresses(String account) {
    lookups++;
    if (storeIsAway) {
      throw Unavailable.dependency(new IllegalStateException("the store is away"));
    }
    return account.equals(ACCOUNT) ? stored : List.of();
  }

  private void exhaustAndGuess(String account, String ip) {
    for (int guess = 0; guess < TOKENS; guess++) {
      limits.signingIn(account, from(ip));
    }
    refusalOf(() -> limits.signingIn(account, from(ip)));
  }

  private static Origin from(String ip) {
    return new Origin(ip, "test", "request");
  }

  private void attack(int attempts) {
    for (int attempt = 0; attempt < attempts; attempt++) {
      limits.signingIn(ACCOUNT, from("203.0.113." + attempt));
    }
  }

  private static Unavailable refusalOf(Runnable attempt) {
    Unavailable refusal = catchThrowableOfType(Unavailable.class, attempt::run);
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
