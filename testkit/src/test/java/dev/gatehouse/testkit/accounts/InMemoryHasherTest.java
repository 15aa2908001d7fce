package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.accounts.password.PasswordHasher.Trust;
import org.junit.jupiter.api.Test;

class InMemoryHasherTest extends PasswordHasherContract {
  private final InMemoryHasher hasher = new InMemoryHasher();

  @Override
  protected PasswordHasher hasher() {
    return hasher;
  }

  @Test
  void knowsAnOutdatedForm() {
    var password = new Password("correct horse");

    var verdict = hasher.verify(password, hasher.outdated(password), Trust.NORMAL);

    assertThat(verdict).isEqualTo(new PasswordHasher.Verdict(true, true));
  }
}
