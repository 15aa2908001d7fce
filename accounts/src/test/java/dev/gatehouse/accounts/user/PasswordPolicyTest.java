package dev.gatehouse.accounts.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.errors.FieldError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PasswordPolicyTest {
  private static final Optional<EmailAddress> EMAIL =
      Optional.of(EmailAddress.parse("Ada.Lovelace@example.org"));
  private static final Optional<DisplayName> NAME = Optional.of(new DisplayName("Ada Lovelace"));

  private final PasswordPolicy policy =
      new PasswordPolicy(8, Set.of("password", "iloveyou")::contains);

  record Case(String password, List<String> faults) {
    Case(String password, String... faults) {
      this(password, List.of(faults));
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("correct horse"),
        new Case("        "),
        new Case("пароль длинный"),
        new Case("🔑🔑🔑🔑🔑🔑🔑🔑"),
        new Case("", "too_short"),
        new Case("1234567", "too_short"),
        new Case("🔑🔑🔑🔑", "too_short"),
        new Case("PassWord", "too_common"),
        new Case("ｐａｓｓｗｏｒｄ", "too_common"),
        new Case("ada.lovelace@example.org", "personal"),
        new Case("Ada.Lovelace", "personal"),
        new Case("ADA LOVELACE", "personal"),
        new Case("AdaLovelace1815", "personal"),
        new Case("AdaLovelace wrote programs"),
        new Case("x".repeat(1024)),
        new Case("x".repeat(1025), "too_long"),
        new Case("é".repeat(513), "too_long"),
        // One character whose normal form is eighteen: short when typed, long when hashed.
        new Case("\uFDFA".repeat(341), "too_long"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void judgesAPassword(Case example) {
    var faults = policy.faults("password", new Password(example.password()), EMAIL, NAME);

    assertThat(faults).extracting(FieldError::code).isEqualTo(example.faults());
  }

  @Test
  void judgesWithoutKnowingTheOwner() {
    assertThat(
            policy.faults(
                "password", new Password("AdaLovelace"), Optional.empty(), Optional.empty()))
        .isEmpty();
  }

  @Test
  void callsAPasswordWeakOnlyWhenItIsNotTooLong() {
    var weak = List.of(new FieldError("password", "too_short", ""));
    var tooLong = List.of(new FieldError("password", "too_long", ""));

    assertThat(PasswordPolicy.isMerelyWeak(weak)).isTrue();
    assertThat(PasswordPolicy.isMerelyWeak(tooLong)).isFalse();
    assertThat(PasswordPolicy.isMerelyWeak(List.of())).isFalse();
  }

  @Test
  void keepsPasswordsOutOfLogs() {
    assertThat(new Password("secret words").toString()).doesNotContain("secret");
    assertThat(new PasswordHash("secret hash").toString()).doesNotContain("secret");
  }
}
