package dev.gatehouse.accounts.model;

import dev.gatehouse.accounts.error.Refusal;
import java.time.Instant;
import java.util.Optional;

/// The registrations that were asked for under an idempotency key, kept beside the users they made.
/// Every method is atomic, blocks its (virtual) thread, gives up at the store's time-outs with
/// [Unavailable], and is safe to call from any thread.
public interface Registrations {
  /// The registration under this key, if there was one after a moment; earlier ones are forgotten.
  ///
  /// @param key the key's fingerprint
  Optional<Registration> find(String key, Instant after);

  /// Adds a new user and the registration it comes from, both or neither. Of any number of calls with
  /// one key, on any number of instances, one adds.
  ///
  /// @return the other registration under the key, if there was one after a moment; nothing is added
  ///     then
  /// @throws Refusal `EMAIL_TAKEN` when an account has the same compared address
  Optional<Registration> add(
      User user, PasswordHash hash, Registration registration, Instant after);
}
