package dev.gatehouse.hashing;

import java.util.List;
import java.util.regex.Pattern;

/// The reason why a hash of another system is rejected, as text that never repeats it.
final class HashFaults {
  private static final String UNKNOWN = "It is of no known form, or would cost too much to check.";

  /// Checked in this order.
  private static final List<Cause> CAUSES =
      List.of(
          cause("\\{gatehouse}.*", "It is no Argon2 hash of Gatehouse's own, as export writes it."),
          cause(
              ".*\\$argon2(?:id|i|d)\\$[^$]*\\$?[^$]*\\bkeyid=.*",
              "It is an Argon2 hash with a secret key (keyid), which cannot be checked without it."),
          cause(
              ".*\\$argon2(?:id|i|d)\\$[^$]*\\$?[^$]*\\bdata=.*",
              "It is an Argon2 hash with associated data (data), which is not supported."),
          cause(
              ".*\\$argon2.*",
              "It is an Argon2 hash whose parts cannot be read, or that would cost too much to check."),
          cause(
              ".*\\$2x\\$.*",
              "It is a bcrypt hash of the faulty form $2x$; have the password set again."),
          cause(
              ".*\\$2[aby]\\$(?:1[5-9]|[23][0-9])\\$.*",
              "It is a bcrypt hash of a cost above 14, which would cost too much to check."),
          cause(
              "(?:\\{bcrypt}|bcrypt.*\\$)?\\$2[aby]?\\$.*",
              "It is a bcrypt hash whose parts cannot be read."),
          cause(
              "(?:\\{s?crypt.*})?(?:\\$s0|\\$e0|\\$scrypt|scrypt\\$).*",
              "It is a scrypt hash whose parts cannot be read, or that would cost too much to check."),
          cause(
              "\\$pbkdf2\\$.*|pbkdf2_sha1\\$.*|\\{PBKDF2}.*",
              "It is a PBKDF2 hash with SHA-1; only SHA-256 and SHA-512 are supported."),
          cause(
              "(?:\\$|\\{)?pbkdf2.*",
              "It is a PBKDF2 hash whose parts cannot be read, or that would cost too much to check."),
          cause("\\{noop}.*", "It is plain text, no hash."),
          cause(
              "\\$(?:1|5|6|7|y|gy|md5|sha1)\\$.*",
              "It is a hash of crypt(3), which is not supported; use bcrypt, Argon2, scrypt or PBKDF2."),
          cause(
              "\\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|CLEARTEXT)}.*",
              "It is a hash of LDAP, which is not supported; use bcrypt, Argon2, scrypt or PBKDF2."),
          cause(
              "[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{128}",
              "It is a digest without a salt or cost, which is not supported."));

  private HashFaults() {}

  private record Cause(Pattern form, String message) {}

  /// The fault of a hash that no format accepts.
  static String of(String written) {
    if (written.length() > StoredFormats.MAX_CHARACTERS) {
      return "It has more than %d characters.".formatted(StoredFormats.MAX_CHARACTERS);
    }
    return CAUSES.stream()
        .filter(cause -> cause.form().matcher(written).matches())
        .map(Cause::message)
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static Cause cause(String form, String message) {
    return new Cause(Pattern.compile(form, Pattern.DOTALL), message);
  }
}
