package dev.gatehouse.accounts.registration;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.Refusal;
import java.time.Duration;
import java.util.Optional;

/// The registrations that were asked for under an idempotency key, kept beside the users they made.
/// A key is claimed before the costly part of the work begins, so that a twin on any instance is
/// told to wait, and the claim ends with the work, or by itself when anyone who made it is gone.
///
/// Every method is atomic, blocks its (virtual) thread, gives up at the store's time-outs with
/// [dev.gatehouse.errors.Unavailable], and is safe to call from any thread.
public interface IdempotencyRecords {
  /// What a key represents.
  ///
  /// @param key the key's fingerprint
  /// @param remembered registrations that are this old are forgotten, by the store's clock
  IdempotencyState find(String key, Duration remembered);

  /// Claims a key that represents nothing. Of any number of calls at once one succeeds.
  ///
  /// @param claimant the user that is to be made; tells claims apart
  /// @param lease after which the claim ends by itself, by the clock all instances share
  /// @return what the key stood for: [IdempotencyState.Unused] when the claimant has it now
  IdempotencyState claim(String key, UserId claimant, Duration remembered, Duration lease);

  /// Claims a key anyone who has claimed it, unless a registration is there: for a request that is
  /// sent again because anyone who sent it gave the attempts before up. Work under the claim that
  /// is taken over adds nothing any more.
  ///
  /// @return what the key represents: [IdempotencyState.Unused] when the claimant has it now
  IdempotencyState takeOver(String key, UserId claimant, Duration remembered, Duration lease);

  /// Adds a new user and the registration it comes from, both or neither, and ends the claim of
  /// this user on the key. Of any number of calls under one key, on any number of instances, one
  /// adds.
  ///
  /// @param request fingerprint of the whole request
  /// @return the user as stored, made at the time of the registration; empty, and nothing is added,
  ///     when the claim had ended and another came
  /// @throws Refusal `EMAIL_TAKEN` when an account has the same compared address
  Optional<User> add(
      NewUser user, PasswordHash hash, String key, String request, Duration remembered);

  /// Ends the claim of this user on a key, if it is still there; leaves a registration alone.
  void release(String key, UserId claimant);
}
