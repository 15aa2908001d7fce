package dev.gatehouse.api.user;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.api.body.PasswordChange;
import dev.gatehouse.api.body.ProfileChange;
import dev.gatehouse.api.body.SignInAttempt;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserJsonTest {
  private static final UUID ID = UUID.fromString("019a4d3c-3f7e-7b1a-8c52-6d0e9f1a2b3c");

  @Test
  void writesEveryFieldInSnakeCaseAndTimesOfOneLength() {
    var user =
        new User(
            new UserId(ID),
            EmailAddress.parse("zoë@münchen.example"),
            named("Zoë \"Z\" 山田 🜚").validated().values(),
            true,
            UserStatus.DISABLED,
            Set.of(new Role("editor"), Role.ADMIN),
            Instant.parse("2026-03-01T12:00:00Z"),
            Instant.parse("2026-03-01T12:00:00.000120Z"),
            7);

    assertThat(new String(UserJson.bytes(user), UTF_8))
        .isEqualTo(
            """
            {"id":"019a4d3c-3f7e-7b1a-8c52-6d0e9f1a2b3c",\
            "email":"zoë@xn--mnchen-3ya.example",\
            "display_name":"Zoë \\"Z\\" 山田 🜚",\
            "email_verified":true,"status":"disabled","roles":["admin","editor"],\
            "created_at":"2026-03-01T12:00:00.000000Z",\
            "updated_at":"2026-03-01T12:00:00.000120Z"}""");
  }

  @Test
  void writesNullForNoName() {
    var user =
        NewUser.registered(new UserId(ID), EmailAddress.parse("a@example.org"), Profile.EMPTY)
            .storedAt(Instant.EPOCH);

    assertThat(new String(UserJson.bytes(user), UTF_8)).contains("\"display_name\":null");
  }

  @Test
  void keepsSecretsOutOfTheTextOfBodies() {
    assertThat(new PasswordChange("secret", "secret").toString()).doesNotContain("secret");
    assertThat(new SignInAttempt("secret", "secret").toString()).doesNotContain("secret");
    assertThat(new ProfileChange.Move("secret", "secret").toString()).doesNotContain("secret");
    assertThat(new ProfileChange.Edit(named("secret")).toString()).doesNotContain("secret");
  }

  private static ProfileInput named(String name) {
    return ProfileInput.of(Profile.Field.DISPLAY_NAME, Optional.of(name));
  }
}
