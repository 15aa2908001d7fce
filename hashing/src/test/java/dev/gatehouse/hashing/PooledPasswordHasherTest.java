package dev.gatehouse.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.accounts.password.PasswordHasher.Trust;
import dev.gatehouse.accounts.password.PasswordHasher.Verdict;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.hashing.HashingListener.Operation;
import dev.gatehouse.hashing.argon2.HashParameters;
import dev.gatehouse.resilience.Deadline;
import dev.gatehouse.testkit.accounts.PasswordHasherContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PooledPasswordHasherTest extends PasswordHasherContract {
  private static final Password PASSWORD = new Password("correct horse");

  private final List<Operation> operations = new CopyOnWriteArrayList<>();
  private final Hashing hashing = Hashing.start(CheapHashing.settings(), listener());

  @AfterEach
  void stop() {
    hashing.close();
  }

  @Override
  protected PasswordHasher hasher() {
    return hashing.passwordHasher();
  }

  @Test
  void storesAPhcStringOfTheSettings() {
    String stored = hasher().hash(PASSWORD, Trust.NORMAL).encoded();
    assertThat(stored)
        .matches("\\$argon2id\\$v=19\\$m=64,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
  }

  @Test
  void neverUsesASaltTwice() {
    assertThat(hasher().hash(PASSWORD, Trust.NORMAL))
        .isNotEqualTo(hasher().hash(PASSWORD, Trust.NORMAL));
  }

  @ParameterizedTest
  @CsvSource({
    "64, 2, false",
    "128, 3, false",
    "63, 2, true",
    "64, 1, true",
    "32, 4, true",
    "128, 1, true"
  })
  void callsWeakerParametersOutdated(int memory, int iterations, boolean outdated) {
    var other = new HashParameters(memory, iterations, 1);
    try (var elsewhere = Hashing.start(CheapHashing.settings(other), HashingListener.NONE)) {
      var stored = elsewhere.passwordHasher().hash(PASSWORD, Trust.NORMAL);
      assertThat(hasher().verify(PASSWORD, stored, Trust.NORMAL))
          .isEqualTo(new Verdict(true, outdated));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
        "$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ"
      })
  void readsOtherVariantsAndCallsThemOutdated(String phc) {
    var stored = new PasswordHash(phc);
    assertThat(hasher().verify(new Password("password"), stored, Trust.NORMAL))
        .isEqualTo(new Verdict(true, true));
    assertThat(hasher().verify(new Password("Password"), stored, Trust.NORMAL).matches()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not a hash",
        "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=131073,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=131072,t=9,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAA"
      })
  void spendsTheUsualWorkOnWhatItCannotOrMayNotCheck(String hostile) {
    var verdict = hasher().verify(PASSWORD, new PasswordHash(hostile), Trust.NORMAL);
    assertThat(verdict).isEqualTo(new Verdict(false, false));
    assertThat(operations).containsExactly(Operation.VERIFY);
  }

  @Test
  void neverMatchesAnOverlongPasswordButSpendsTheUsualWork() {
    var stored = hasher().hash(new Password("a password of ordinary length"), Trust.NORMAL);
    var overlong = new Password("x".repeat(Password.MAX_BYTES + 1));
    assertThat(hasher().verify(overlong, stored, Trust.NORMAL))
        .isEqualTo(new Verdict(false, false));
    assertThat(operations).containsExactly(Operation.HASH, Operation.VERIFY);
    assertThatThrownBy(() -> hasher().hash(overlong, Trust.NORMAL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void spendsOneVerificationOnNothing() {
    hasher().verifyDummy(Trust.NORMAL);
    assertThat(operations).containsExactly(Operation.VERIFY);
  }

  @Test
  void doesNothingForARequestWhoseTimeIsUp() {
    var past = Deadline.after(Duration.ZERO);
    assertThat(codeOf(() -> past.run(() -> hasher().verifyDummy(Trust.NORMAL))))
        .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    assertThat(operations).isEmpty();
  }

  @Test
  void tellsCallersOfAStoppedServiceToComeAgain() {
    hashing.close();
    var refused =
        catchThrowableOfType(Unavailable.class, () -> hasher().hash(PASSWORD, Trust.NORMAL));
    assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED);
    assertThat(refused.retryAfter()).isPositive();
  }

  @Test
  void letsAnInterruptedCallerGoWithItsInterruption() {
    var left = new CountDownLatch(1);
    var held =
        new HashingListener() {
          @Override
          public void completed(long nanos) {
            awaitUninterruptibly(left);
          }
        };
    try (var busy = Hashing.start(CheapHashing.settings(), held)) {
      Thread.currentThread().interrupt();
      var code = codeOf(() -> busy.passwordHasher().verifyDummy(Trust.NORMAL));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(code).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
      left.countDown();
    }
  }

  @Test
  void hidesHashesAndPasswordsFromText() {
    var stored = hasher().hash(PASSWORD, Trust.NORMAL);
    assertThat(stored.toString()).doesNotContain("argon2");
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private static ErrorCode codeOf(Runnable call) {
    return catchThrowableOfType(Unavailable.class, call::run).code();
  }

  private HashingListener listener() {
    return new HashingListener() {
      @Override
      public void hashed(Operation operation, long nanos) {
        operations.add(operation);
      }
    };
  }
}
