package dev.gatehouse.accounts.registration;

import dev.gatehouse.accounts.audit.Environment;
import dev.gatehouse.accounts.id.Fingerprints;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.accounts.user.Users;
import java.util.function.Supplier;

/// Registering, also with an idempotency key.
public record RegistrationUseCases(RegisterUser register, RegisterUserOnce registerOnce) {
  /// The use cases on these stores.
  ///
  /// @param mode who may register at this moment
  public static RegistrationUseCases over(
      Users users,
      IdempotencyRecords records,
      Passwords passwords,
      Fingerprints fingerprints,
      Environment environment,
      RegistrationListener listener,
      Supplier<RegistrationMode> mode) {
    RegisterUser register = register(users, passwords, environment, listener, mode);
    return new RegistrationUseCases(
        register, new RegisterUserOnce(register, records, fingerprints));
  }

  /// Registration alone, for operators: open at all times, without idempotency keys.
  public static RegisterUser register(
      Users users, Passwords passwords, Environment environment, RegistrationListener listener) {
    return register(users, passwords, environment, listener, () -> RegistrationMode.OPEN);
  }

  private static RegisterUser register(
      Users users,
      Passwords passwords,
      Environment environment,
      RegistrationListener listener,
      Supplier<RegistrationMode> mode) {
    return new RegisterUser(
        users,
        passwords.hasher(),
        passwords.policy(),
        environment.audit(),
        environment.ids(),
        listener,
        mode);
  }
}
