package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.registration.IdempotencyKey;
import dev.gatehouse.accounts.registration.RegisterUser.RegistrationRequest;
import dev.gatehouse.accounts.registration.RegisterUserOnce;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.ProfileInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A retry may reach a release that knows the display name alone: the fingerprint must be the same.
class RegistrationFingerprintTest {
  private static final String PASSWORD = "correct horse battery";

  private final InMemoryAccounts store = new InMemoryAccounts();
  private final UseCases cases =
      new UseCases(store.users(), store.sessions(), store.registrations());
  private final List<List<String>> fingerprinted = new ArrayList<>();

  @Test
  void hasTheFormOfEarlierReleases() {
    String email = Sample.email();
    String other = Sample.email();
    var name = ProfileInput.of(Profile.Field.DISPLAY_NAME, Optional.of("Ada"));
    String key = UUID.randomUUID().toString();

    register(new RegistrationRequest(email, PASSWORD, name), key);
    register(new RegistrationRequest(other, PASSWORD, ProfileInput.NONE), key + "-2");

    assertThat(fingerprinted)
        .contains(
            List.of(key, email, PASSWORD, "named Ada"),
            List.of(key + "-2", other, PASSWORD, "nameless"));
  }

  private void register(RegistrationRequest request, String key) {
    var once = new RegisterUserOnce(cases.registerUser, store.registrations(), this::fingerprint);
    assertThat(once.register(request, new IdempotencyKey(key), Sample.ORIGIN)).isNotNull();
  }

  private String fingerprint(String purpose, String... texts) {
    fingerprinted.add(List.of(texts));
    return purpose + List.of(texts);
  }
}
