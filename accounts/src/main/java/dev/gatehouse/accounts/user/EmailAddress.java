package dev.gatehouse.accounts.user;

import dev.gatehouse.errors.InvalidFields;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/// An email address (RFC 5321, RFC 6531): trimmed, in Unicode normal form C, its domain in
/// lower-case ASCII. Two addresses are one account when their canonical forms are equal.
///
/// Quoted local parts, address literals and domains of a single label are refused: no one registers
/// with them, and each has served to smuggle something past a parser.
///
/// @param value the address as it is shown and written to
/// @param canonical the form that decides whether two addresses are the same: the local part by
///     simple case folding (Unicode `CaseFolding.txt`, statuses C and S)
public record EmailAddress(String value, String canonical) {
  private static final int MAX_LOCAL_BYTES = 64;
  private static final int MAX_BYTES = 254;
  private static final String ATOM_SPECIALS = "()<>[]:;@\\,\"";

  /// Characters that IDNA 2003 maps onto others and IDNA 2008 keeps: two readings, two domains.
  private static final String AMBIGUOUS_IN_DOMAINS = "\u00DF\u1E9E\u03C2\u200C\u200D";

  /// Reads an address.
  ///
  /// @throws InvalidFields when it is not one, for the field `email`
  public static EmailAddress parse(String raw) {
    if (raw.length() > 4 * MAX_BYTES) {
      throw invalid();
    }
    String address = Normalizer.normalize(raw.strip(), Normalizer.Form.NFC);
    int at = address.lastIndexOf('@');
    if (at <= 0) {
      throw invalid();
    }
    String local = address.substring(0, at);
    requireLocalPart(local);
    String domain = asciiDomain(address.substring(at + 1));
    String value = local + '@' + domain;
    if (bytes(local) > MAX_LOCAL_BYTES || bytes(value) > MAX_BYTES) {
      throw invalid();
    }
    return new EmailAddress(value, CaseFolding.fold(local) + '@' + domain);
  }

  /// An address as it was stored, perhaps by a release that did not fold.
  ///
  /// @param compared the form that was stored with it
  public static EmailAddress stored(String value, String compared) {
    return new EmailAddress(value, CaseFolding.fold(compared));
  }

  /// The canonical form of releases that put the local part in lower case and did not fold it: the
  /// form under which they store accounts and look them up.
  public String unfolded() {
    int at = value.lastIndexOf('@');
    return CaseFolding.lower(value.substring(0, at)) + value.substring(at);
  }

  private static void requireLocalPart(String local) {
    boolean dotsMisplaced = local.startsWith(".") || local.endsWith(".") || local.contains("..");
    if (dotsMisplaced || !local.codePoints().allMatch(EmailAddress::allowedInLocalPart)) {
      throw invalid();
    }
  }

  private static boolean allowedInLocalPart(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> ATOM_SPECIALS.indexOf(codePoint) < 0;
    };
  }

  private static String asciiDomain(String domain) {
    if (domain.chars().anyMatch(c -> AMBIGUOUS_IN_DOMAINS.indexOf(c) >= 0)) {
      throw invalid();
    }
    try {
      String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      boolean dotsMisplaced = ascii.startsWith(".") || ascii.endsWith(".") || ascii.contains("..");
      boolean namesHost = ascii.indexOf('.') > 0 && !ascii.matches(".*\\.[0-9]+");
      if (dotsMisplaced || !namesHost || ascii.length() > MAX_BYTES) {
        throw invalid();
      }
      return ascii;
    } catch (IllegalArgumentException notADomain) {
      throw invalid();
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static InvalidFields invalid() {
    return InvalidFields.of("email", "invalid", "It is not an email address.");
  }

  /// Redacted: addresses do not belong in logs.
  @Override
  public String toString() {
    return "EmailAddress[redacted]";
  }
}
