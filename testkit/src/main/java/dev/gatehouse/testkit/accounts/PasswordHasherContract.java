package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.accounts.password.PasswordHasher.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract of password hashers.
public abstract class PasswordHasherContract {
  /// The hasher under test.
  protected abstract PasswordHasher hasher();

  @ParameterizedTest
  @ValueSource(strings = {"correct horse", "", "пароль-密碼-🔑", "a\u0000b", "  spaces  "})
  void matchesThePasswordItHashed(String text) {
    PasswordHash hash = hasher().hash(new Password(text), Trust.NORMAL);

    var verdict = hasher().verify(new Password(text), hash, Trust.NORMAL);

    assertThat(verdict.matches()).isTrue();
    assertThat(verdict.outdated()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"correct horse ", "Correct horse", "", "correct hors", "correct horse\0"})
  void matchesNoOther(String other) {
    PasswordHash hash = hasher().hash(new Password("correct horse"), Trust.NORMAL);

    assertThat(hasher().verify(new Password(other), hash, Trust.NORMAL).matches()).isFalse();
  }

  @Test
  void takesTheSameCharactersInAnotherEncodingForTheSamePassword() {
    PasswordHash composed = hasher().hash(new Password("caf\u00E9 au lait"), Trust.NORMAL);

    var decomposed = new Password("cafe\u0301 au lait");

    assertThat(hasher().verify(decomposed, composed, Trust.NORMAL).matches()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Trust.class)
  void servesEveryStanding(Trust standing) {
    PasswordHash hash = hasher().hash(new Password("correct horse"), standing);

    assertThat(hasher().verify(new Password("correct horse"), hash, standing).matches()).isTrue();
    hasher().verifyDummy(standing);
  }
}
