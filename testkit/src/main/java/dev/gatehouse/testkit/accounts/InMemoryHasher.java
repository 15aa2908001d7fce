package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.model.Password;
import dev.gatehouse.accounts.model.PasswordHash;
import dev.gatehouse.accounts.model.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/// A hasher that costs nothing and protects nothing, for tests of what is around it. It keeps a list
/// of the checks it was asked for.
public final class InMemoryHasher implements PasswordHasher {
  private final List<Standing> checks = Collections.synchronizedList(new ArrayList<>());

  @Override
  public PasswordHash hash(Password password, Standing standing) {
    return new PasswordHash("$today$" + digest(password));
  }

  /// The form in which the password would have been stored by weaker parameters.
  public PasswordHash outdated(Password password) {
    return new PasswordHash("$yesterday$" + digest(password));
  }

  @Override
  public Verdict verify(Password password, PasswordHash stored, Standing standing) {
    checks.add(standing);
    String encoded = stored.encoded();
    boolean matches = encoded.substring(encoded.lastIndexOf('$') + 1).equals(digest(password));
    return new Verdict(matches, encoded.startsWith("$yesterday$"));
  }

  @Override
  public void verifyNothing(Standing standing) {
    checks.add(standing);
  }

  /// In which standing each check so far was asked for, decoys included.
  public List<Standing> checks() {
    return List.copyOf(checks);
  }

  private static String digest(Password password) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(password.normal().getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
