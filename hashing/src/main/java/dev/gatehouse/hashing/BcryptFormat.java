package dev.gatehouse.hashing;

import dev.gatehouse.accounts.password.Password;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/// bcrypt (Provos and Mazières, 1999) as `$2a$`, `$2b$` or `$2y$`, plain, with Spring's prefix
/// `{bcrypt}`, and in Django's two forms, of which `bcrypt_sha256` hashes the hexadecimal SHA-256
/// of the password. Uses the first 72 bytes, like bcrypt. Rejects costs above 14, which take a
/// second or more.
record BcryptFormat() implements StoredFormat {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\{bcrypt}|bcrypt\\$|bcrypt_sha256\\$)?"
              + "(\\$2[aby]\\$(?:0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53})");

  @Override
  public Optional<Stored> read(String encoded) {
    var parts = FORM.matcher(encoded);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean digested = "bcrypt_sha256$".equals(parts.group(1));
    return Optional.of(new BcryptHash(parts.group(2), digested));
  }

  private record BcryptHash(String hash, boolean digested) implements Stored {
    @Override
    public boolean matches(Password password) {
      byte[] raw = password.rawBytes();
      return OpenBSDBCrypt.checkPassword(hash, digested ? sha256Hex(raw) : raw);
    }

    @Override
    public boolean outdated() {
      return true;
    }

    private static byte[] sha256Hex(byte[] bytes) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
