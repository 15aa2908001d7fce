package dev.gatehouse.hashing.argon2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.hashing.Argon2Choice;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class Argon2ChoiceTest {
  @Test
  void isLibsodiumHere() {
    assertThat(Argon2Choice.best().name()).startsWith("libsodium 1.");
  }

  @Test
  void holdsABuildAgainstWhatBouncyCastleComputes() {
    assertThatCode(() -> Argon2Choice.requireAgreement(new BouncyCastleArgon2()))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesABuildThatComputesSomethingElse() {
    assertThatThrownBy(() -> Argon2Choice.requireAgreement(new OneBitOff()))
        .isInstanceOf(IOException.class)
        .hasMessage("one bit off computes something else than Argon2id");
  }

  private static final class OneBitOff implements Argon2 {
    @Override
    public byte[] tag(byte[] password, byte[] salt, Function function, int tagBytes) {
      byte[] tag = new BouncyCastleArgon2().tag(password, salt, function, tagBytes);
      tag[tagBytes - 1] ^= 1;
      return tag;
    }

    @Override
    public String name() {
      return "one bit off";
    }
  }
}
