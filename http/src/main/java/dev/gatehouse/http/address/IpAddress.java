package dev.gatehouse.http.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/// An address of either version as 128 bits. An IPv4 address and its IPv6-mapped form
/// (`::ffff:192.0.2.1`) are one and the same. Immutable.
///
/// @param high the first 64 bits
/// @param low the last 64 bits
public record IpAddress(long high, long low) {
  /// `::`, which no client has.
  public static final IpAddress UNSPECIFIED = new IpAddress(0, 0);

  private static final int GROUPS = 8;
  private static final int LONGEST_TEXT = 45;
  private static final long MAPPED = 0xFFFF_0000_0000L;
  private static final long V4_MASK = 0xFFFF_FFFFL;
  private static final Pattern V4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /// Reads an address as it is commonly written, without asking anybody for names. Refuses what
  /// only some parsers take for one: octal and shortened IPv4, zones, brackets.
  public static Optional<IpAddress> parse(String text) {
    boolean wellFormed =
        text.length() <= LONGEST_TEXT && (V4.matcher(text).matches() || V6.matcher(text).matches());
    if (!wellFormed) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(InetAddress.ofLiteral(text)));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /// The address of a socket.
  public static IpAddress of(InetAddress address) {
    var bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address
        ? new IpAddress(0, MAPPED | (bytes.getInt() & V4_MASK))
        : new IpAddress(bytes.getLong(), bytes.getLong());
  }

  /// Whether it is an IPv4 address, mapped or not.
  public boolean isV4() {
    return high == 0 && (low & ~V4_MASK) == MAPPED;
  }

  /// What counts as one client: an IPv4 address by itself, an IPv6 address by the /64 it is in,
  /// since anyone who holds one address there holds them all. Different for different clients: the
  /// numbers that stand for IPv4 lie in a block of IPv6 that is reserved (RFC 4291, 2.4).
  public long network() {
    return isV4() ? low : high;
  }

  /// The address in text form, the one form everywhere: IPv4 in decimals with dots, IPv6 as RFC
  /// 5952 writes it, in lower case with the longest run of zeros left out.
  public String text() {
    return isV4() ? v4() : v6();
  }

  /// An address in that form, whatever form it was written in; the same text when it is no address.
  public static String canonical(String text) {
    return parse(text).map(IpAddress::text).orElse(text);
  }

  private String v4() {
    return ((low >> 24) & 0xFF)
        + "."
        + ((low >> 16) & 0xFF)
        + "."
        + ((low >> 8) & 0xFF)
        + "."
        + (low & 0xFF);
  }

  private String v6() {
    var text = new StringBuilder(LONGEST_TEXT);
    Zeros zeros = longestZeros();
    for (int index = 0; index < GROUPS; index++) {
      if (index == zeros.from()) {
        text.append("::");
        index += zeros.length() - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(group(index)));
    }
    return text.toString();
  }

  private record Zeros(int from, int length) {}

  /// The first of the longest; one group alone is not left out.
  private Zeros longestZeros() {
    var longest = new Zeros(-1, 1);
    int length = 0;
    for (int index = 0; index < GROUPS; index++) {
      length = group(index) == 0 ? length + 1 : 0;
      if (length > longest.length()) {
        longest = new Zeros(index - length + 1, length);
      }
    }
    return longest;
  }

  private int group(int index) {
    long half = index < GROUPS / 2 ? high : low;
    return (int) (half >>> (48 - 16 * (index % (GROUPS / 2)))) & 0xFFFF;
  }
}
