package dev.gatehouse.hashing.argon2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhcArgon2Test {
  private static final String SALT = "c29tZXNhbHRzb21lc2FsdA";
  private static final String TAG = "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8ArZWb2GRPPc";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=19456,t=2,p=1$" + SALT + "$" + TAG,
        "$argon2i$v=19$m=64,t=3,p=8$" + SALT + "$" + TAG,
        "$argon2d$v=16$m=8,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$" + TAG,
        "$argon2id$v=19$m=4194304,t=1000,p=64$" + SALT + "$" + TAG
      })
  void writesWhatItRead(String phc) {
    assertThat(PhcArgon2.parse(phc)).map(PhcArgon2::encoded).contains(phc);
  }

  @Test
  void readsTheVersionBeforeVersionsWereWritten() {
    var old = PhcArgon2.parse("$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$" + TAG);
    assertThat(old).map(phc -> phc.function().version()).contains(16);
  }

  @ParameterizedTest
  @CsvSource({
    "'m=64,p=8,t=3'",
    "'t=3,m=64,p=8'",
    "'t=3,p=8,m=64'",
    "'p=8,m=64,t=3'",
    "'p=8,t=3,m=64'"
  })
  void readsParametersInEachOrder(String parameters) {
    for (String variant : List.of("argon2id", "argon2i", "argon2d")) {
      String end = "$" + SALT + "$" + TAG;
      assertThat(PhcArgon2.parse("$" + variant + "$v=19$" + parameters + end))
          .map(PhcArgon2::encoded)
          .contains("$" + variant + "$v=19$m=64,t=3,p=8" + end);
    }
  }

  @Test
  void readsPaddedBase64() {
    assertThat(PhcArgon2.parse("$argon2id$v=19$m=8,t=1,p=1$" + SALT + "==$" + TAG + "="))
        .map(PhcArgon2::encoded)
        .contains("$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$",
        "argon2id$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG,
        "$ARGON2ID$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=20$m=8,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=019$m=8,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=08,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=+8,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=-8,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=8,t=0,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=8,t=1,p=0$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=7,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=15,t=1,p=2$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=4194305,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=99999999999999999999,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=8,t=4294967295,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=1024,t=1,p=65$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=8,t=1,p=1,t=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=8,t=1,t=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=8,t=1,p=1,$" + SALT + "$" + TAG,
        "$argon2id$v=19$,m=8,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=8,t=1,x=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=8,t=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=8,t=1,p=1,keyid=AAAA$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=8, t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=٨,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=8,t=1,p=1$$" + TAG,
        "$argon2id$v=19$m=8,t=1,p=1$" + SALT,
        "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$",
        "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "===$" + TAG,
        "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG + "=A",
        "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdB$" + TAG,
        "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG + "\n",
        "$argon2id$v=19$m=8,t=1,p=1$c29t-XNhbHRzb21lc2FsdA$" + TAG,
        "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG + "$" + TAG
      })
  void readsNothingElse(String hostile) {
    assertThat(PhcArgon2.parse(hostile)).isEmpty();
  }

  @Test
  void readsNothingOfHugeLength() {
    String start = "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$";
    assertThat(PhcArgon2.parse(start + "A".repeat(1_000_000))).isEmpty();
    assertThat(PhcArgon2.parse("$".repeat(1_000_000))).isEmpty();
  }
}
