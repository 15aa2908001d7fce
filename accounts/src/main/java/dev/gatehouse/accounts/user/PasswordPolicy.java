package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.errors.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Which new passwords are accepted: long enough, not too long to hash, not well known, not the
/// owner's own name. No rules of composition and no truncation (NIST SP 800-63B 5.1.1.2).
/// Immutable.
///
/// @param minLength the least number of characters (code points of the normal form)
/// @param common the passwords everybody tries first
public record PasswordPolicy(int minLength, CommonPasswords common) {
  private static final int SHORTEST_TELLING_PART = 4;

  /// The faults of a password for this owner, empty when it is acceptable.
  ///
  /// @param field the name the client gave the password's field
  /// @param email the owner's address, where it is known
  public List<FieldError> faults(
      String field, Password password, Optional<EmailAddress> email, Optional<DisplayName> name) {
    if (password.tooLong()) {
      return List.of(
          new FieldError(
              field, "too_long", "It has more than %d bytes.".formatted(Password.MAX_BYTES)));
    }
    String normal = password.normal();
    var faults = new ArrayList<FieldError>();
    if (normal.codePointCount(0, normal.length()) < minLength) {
      faults.add(
          new FieldError(
              field, "too_short", "It has fewer than %d characters.".formatted(minLength)));
    }
    String folded = normal.toLowerCase(Locale.ROOT);
    if (common.contains(folded)) {
      faults.add(new FieldError(field, "too_common", "It is among the passwords tried first."));
    }
    if (isPersonal(folded, email, name)) {
      faults.add(new FieldError(field, "personal", "It is the email address or the name."));
    }
    return List.copyOf(faults);
  }

  /// Whether the only complaint is that the password is easily guessed.
  public static boolean isMerelyWeak(List<FieldError> faults) {
    return !faults.isEmpty() && faults.stream().noneMatch(fault -> fault.code().equals("too_long"));
  }

  private static boolean isPersonal(
      String folded, Optional<EmailAddress> email, Optional<DisplayName> name) {
    String withoutDigits = folded.replaceAll("[0-9]+$", "");
    return Stream.concat(
            email.map(EmailAddress::canonical).stream().flatMap(PasswordPolicy::addressParts),
            name.map(DisplayName::value).stream().flatMap(PasswordPolicy::nameParts))
        .filter(part -> part.length() >= SHORTEST_TELLING_PART)
        .anyMatch(part -> folded.equals(part) || withoutDigits.equals(part));
  }

  private static Stream<String> addressParts(String address) {
    return Stream.of(address, address.substring(0, address.lastIndexOf('@')));
  }

  private static Stream<String> nameParts(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    return Stream.of(folded, folded.replace(" ", ""));
  }
}
