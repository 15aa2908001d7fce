package dev.gatehouse.accounts.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.InvalidFields;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EmailAddressTest {
  @ParameterizedTest
  @CsvSource({
    "ada@example.org, ada@example.org, ada@example.org",
    "'  ada@example.org\t', ada@example.org, ada@example.org",
    "Ada.Lovelace@Example.ORG, Ada.Lovelace@example.org, ada.lovelace@example.org",
    "ada+news@example.org, ada+news@example.org, ada+news@example.org",
    "o'neil@example.ie, o'neil@example.ie, o'neil@example.ie",
    "JOSÉ@example.org, JOSÉ@example.org, josé@example.org",
    "jose\u0301@example.org, josé@example.org, josé@example.org",
    "иван@почта.рф, иван@xn--80a1acny.xn--p1ai, иван@xn--80a1acny.xn--p1ai",
    "info@BÜCHER.example, info@xn--bcher-kva.example, info@xn--bcher-kva.example",
    "用户@例子.广告, 用户@xn--fsqu00a.xn--4rr70v, 用户@xn--fsqu00a.xn--4rr70v",
    "a@例子。广告, a@xn--fsqu00a.xn--4rr70v, a@xn--fsqu00a.xn--4rr70v",
  })
  void readsAnAddress(String raw, String value, String compared) {
    assertThat(EmailAddress.parse(raw)).isEqualTo(new EmailAddress(value, compared));
  }

  @ParameterizedTest
  @CsvSource({
    "ΝΙΚΟΣ.Α, νικος.α",
    "ΣΊΣΥΦΟΣ, σίσυφος",
    "ſarah, Sarah",
    "\u212Aelvin, kelvin",
    "STRA\u1E9EE, straße",
    "ᏣᎳᎩ, ꮳꮃꭹ",
    "𐐀𐐁, 𐐨𐐩",
    "µ, μ",
    "ÅNGSTRÖM, \u212Bngström",
  })
  void foldsTheCaseOfTheLocalPart(String one, String other) {
    assertThat(EmailAddress.parse(one + "@k.example").canonical())
        .isEqualTo(EmailAddress.parse(other + "@k.example").canonical());
  }

  @ParameterizedTest
  @CsvSource({"straße, strasse", "ı, i", "é, e", "ﬁ, fi"})
  void keepsApartWhatOnlyAFullFoldingEquals(String one, String other) {
    assertThat(EmailAddress.parse(one + "@k.example").canonical())
        .isNotEqualTo(EmailAddress.parse(other + "@k.example").canonical());
  }

  static Stream<String> broken() {
    return Stream.of(
        "",
        "   ",
        "@",
        "ada",
        "ada@",
        "@example.org",
        "ada@localhost",
        "ada@example..org",
        "ada@.example.org",
        "ada@example.org.",
        "ada@-example.org",
        "ada@exa_mple.org",
        "ada@[192.0.2.1]",
        "ada@192.0.2.1",
        ".ada@example.org",
        "ada.@example.org",
        "a..da@example.org",
        "a da@example.org",
        "ada@exam ple.org",
        "\"ada\"@example.org",
        "ada@other@example.org",
        "Ada <ada@example.org>",
        "ada@example.org,bob@example.org",
        "ada\u0000@example.org",
        "ada\r\nBcc: eve@example.org",
        "ada\u200B@example.org",
        "ada\u202E@example.org",
        "\uD800@example.org",
        "ada@fa\u00DF.de",
        "ada@\u03B2\u03CC\u03BB\u03BF\u03C2.com",
        "x".repeat(65) + "@example.org",
        "é".repeat(33) + "@example.org",
        "ada@" + "x".repeat(64) + ".org",
        "ada@" + "x.".repeat(125) + "org",
        "a".repeat(1_000_000) + "@example.org");
  }

  @ParameterizedTest
  @MethodSource("broken")
  void refusesWhatIsNoAddress(String raw) {
    assertThatThrownBy(() -> EmailAddress.parse(raw))
        .isInstanceOfSatisfying(
            InvalidFields.class,
            invalid -> {
              assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_FIELDS);
              assertThat(invalid.errors()).singleElement().extracting("field").isEqualTo("email");
            });
  }

  @Test
  void tellsDotlessFromDottedLetters() {
    assertThat(EmailAddress.parse("m\u0131ke@example.org").canonical())
        .isNotEqualTo(EmailAddress.parse("mike@example.org").canonical());
  }

  @Test
  void keepsAddressesOutOfLogs() {
    assertThat(EmailAddress.parse("ada@example.org").toString()).doesNotContain("ada");
  }
}
