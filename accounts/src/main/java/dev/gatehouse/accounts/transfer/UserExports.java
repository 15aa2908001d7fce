package dev.gatehouse.accounts.transfer;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.Credentials;
import java.util.List;
import java.util.Optional;

/// Gives out accounts with their stored passwords, page after page. Blocks its (virtual) thread,
/// gives up at the store's time-outs with [Unavailable], and is safe to call from any thread.
public interface UserExports {
  /// The next accounts in the order of their ids.
  ///
  /// @param after the last that was given before
  /// @param limit the most to give, at least 1
  List<Credentials> page(Optional<UserId> after, int limit);
}
