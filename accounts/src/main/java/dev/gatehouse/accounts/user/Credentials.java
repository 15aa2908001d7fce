package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.password.PasswordHash;

/// A user together with what proves it is them. Kept apart from [User] so that the hash travels
/// only where it is needed.
public record Credentials(User user, PasswordHash passwordHash) {}
