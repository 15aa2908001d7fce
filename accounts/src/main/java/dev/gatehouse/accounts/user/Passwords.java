package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.password.PasswordHasher;

/// How new passwords are checked and hashed.
public record Passwords(PasswordHasher hasher, PasswordPolicy policy) {}
