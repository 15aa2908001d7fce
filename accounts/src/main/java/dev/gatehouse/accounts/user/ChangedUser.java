package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.id.UserId;
import java.util.OptionalLong;

/// A user that changed, or is gone.
///
/// @param version the version the change made; empty when the user is gone forever
public record ChangedUser(UserId id, OptionalLong version) {}
