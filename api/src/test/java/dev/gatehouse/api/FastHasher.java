package dev.gatehouse.api;

import dev.gatehouse.accounts.model.Password;
import dev.gatehouse.accounts.model.PasswordHash;
import dev.gatehouse.accounts.model.PasswordHasher;
import java.util.Base64;

/// Keeps passwords as good as in the clear, at no cost: for tests of everything but hashing.
final class FastHasher implements PasswordHasher {
  @Override
  public PasswordHash hash(Password password, Standing standing) {
    return new PasswordHash(Base64.getEncoder().encodeToString(password.normalBytes()));
  }

  @Override
  public Verdict verify(Password password, PasswordHash stored, Standing standing) {
    return new Verdict(hash(password, standing).equals(stored), false);
  }

  @Override
  public void verifyNothing(Standing standing) {}
}
