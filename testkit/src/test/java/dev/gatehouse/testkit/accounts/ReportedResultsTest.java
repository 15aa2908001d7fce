package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.accounts.registration.IdempotencyKey;
import dev.gatehouse.accounts.registration.RegisterUser.RegistrationRequest;
import dev.gatehouse.accounts.registration.RegistrationListener;
import dev.gatehouse.accounts.signin.SignInListener;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.InvalidFields;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReportedResultsTest {
  private static final String PASSWORD = "correct horse battery";

  private final InMemoryAccounts store = new InMemoryAccounts();
  private final UseCases cases =
      new UseCases(store.users(), store.sessions(), store.registrations());

  @Test
  void reportsEachAttemptToSignIn() {
    String email = cases.registered(PASSWORD).email().value();

    cases.signIn.signIn(email, PASSWORD, Sample.ORIGIN);
    assertRefused(
        ErrorCode.INVALID_CREDENTIALS,
        () -> cases.signIn.signIn(email, "another password", Sample.ORIGIN));

    assertThat(cases.signInResults)
        .containsExactly(SignInListener.Result.SUCCESS, SignInListener.Result.INVALID_CREDENTIALS);
  }

  @Test
  void reportsEachAttemptToRegister() {
    String email = Sample.email();
    cases.register(email, PASSWORD, Optional.empty());
    assertRefused(ErrorCode.EMAIL_TAKEN, () -> cases.register(email, PASSWORD, Optional.empty()));
    assertThatThrownBy(() -> cases.register("no address", PASSWORD, Optional.empty()))
        .isInstanceOf(InvalidFields.class);

    assertThat(cases.registrationResults)
        .containsExactly(
            RegistrationListener.Result.SUCCESS,
            RegistrationListener.Result.TAKEN,
            RegistrationListener.Result.INVALID);
  }

  @Test
  void reportsARepeatedRegistrationOnce() {
    var key = new IdempotencyKey(UUID.randomUUID().toString());
    String email = Sample.email();
    var request = new RegistrationRequest(email, PASSWORD, ProfileInput.NONE);
    cases.registerUserOnce.register(request, key, Sample.ORIGIN);
    cases.registerUserOnce.register(request, key, Sample.ORIGIN);

    assertThat(cases.registrationResults).containsExactly(RegistrationListener.Result.SUCCESS);

    var other = new RegistrationRequest(email, "another password", ProfileInput.NONE);
    assertRefused(
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
        () -> cases.registerUserOnce.register(other, key, Sample.ORIGIN));
    assertThat(cases.registrationResults)
        .containsExactly(RegistrationListener.Result.SUCCESS, RegistrationListener.Result.INVALID);
  }
}
