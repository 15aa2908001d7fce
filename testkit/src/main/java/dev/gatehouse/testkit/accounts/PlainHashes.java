package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.password.PortableHashes;
import java.util.Optional;

/// Imports and exports hashes unchanged; a hash begins with a dollar sign.
public record PlainHashes() implements PortableHashes {
  @Override
  public Optional<PasswordHash> accept(String written) {
    return Optional.of(written).filter(text -> text.startsWith("$")).map(PasswordHash::new);
  }

  @Override
  public String fault(String written) {
    return "It is of no known form, or would cost too much to check.";
  }

  @Override
  public String write(PasswordHash stored) {
    return stored.encoded();
  }
}
