package dev.gatehouse.accounts.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowSecretsTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void readsTheTokenItWrote() {
    LinkToken token = LinkToken.random(random);

    assertThat(LinkToken.parse(token.encoded())).contains(token);
    assertThat(LinkToken.random(random)).isNotEqualTo(token);
    assertThat(LinkToken.random(random).hash()).isNotEqualTo(token.hash());
  }

  @Test
  void refusesAlteredTokens() {
    String token = LinkToken.random(random).encoded();

    assertThat(LinkToken.parse(token + "A")).isEmpty();
    assertThat(LinkToken.parse(token.substring(1))).isEmpty();
    assertThat(LinkToken.parse("!" + token.substring(1))).isEmpty();
    // The last character has two bits that count for nothing.
    assertThat(LinkToken.parse("A".repeat(42) + "B")).isEmpty();
  }

  @Test
  void makesCodesOfEightDigits() {
    for (int n = 0; n < 1_000; n++) {
      FlowCode code = FlowCode.random(random);
      assertThat(code.digits()).matches("[0-9]{8}");
      assertThat(FlowCode.parse(code.digits())).contains(code);
    }
  }

  @Test
  void makesCodesThatBeginWithZeros() {
    assertThat(FlowCode.random(() -> 0L).digits()).isEqualTo("00000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"01234567", "0123 4567", "0123-4567", " 01 23 45 67 "})
  void readsACodeAsPeopleTypeIt(String typed) {
    assertThat(FlowCode.parse(typed)).contains(new FlowCode("01234567"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1234567",
        "123456789",
        "1234567a",
        "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668"
      })
  void refusesWhatIsNoCode(String typed) {
    assertThat(FlowCode.parse(typed)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void hasACodeIfItsKindDoes(FlowKind kind) {
    assertThat(FlowSecrets.random(kind, random).code().isPresent()).isEqualTo(kind.hasCode());
    assertThat(kind.codeValidity()).isLessThanOrEqualTo(kind.linkValidity());
    assertThat(FlowKind.of(kind.label())).contains(kind);
  }

  @Test
  void showsNoSecretAsText() {
    FlowSecrets secrets = FlowSecrets.random(FlowKind.RESET_PASSWORD, random);

    String shown = secrets.toString() + secrets.code() + secrets.token() + secrets.token().hash();

    assertThat(shown).doesNotContain(secrets.token().encoded());
    assertThat(shown).doesNotContain(secrets.code().orElseThrow().digits());
    assertThat(shown).doesNotContain(Arrays.toString(secrets.token().hash().bytes()));
    assertThat(Collections.singleton(secrets.token().hash())).contains(secrets.token().hash());
  }
}
