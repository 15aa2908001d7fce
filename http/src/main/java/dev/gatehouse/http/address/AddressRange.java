package dev.gatehouse.http.address;

import java.util.Optional;
import java.util.regex.Pattern;

/// A block of addresses in CIDR notation (RFC 4632): `10.0.0.0/8`, `2001:db8::/32`, or one address
/// alone. Immutable.
///
/// @param first the lowest address
/// @param bits how many leading bits of the 128 are the block's own
public record AddressRange(IpAddress first, int bits) {
  private static final int ALL_BITS = 128;
  private static final int V4_BITS = 32;
  private static final int HALF = 64;
  private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

  /// Reads a block; empty when it is none, or when it names an address inside a block instead of
  /// the block, which is more likely a mistake than meant.
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    return IpAddress.parse(address)
        .flatMap(first -> bits(first, slash < 0 ? "" : text.substring(slash + 1), slash >= 0))
        .filter(range -> range.first().equals(range.masked(range.first())));
  }

  private static Optional<AddressRange> bits(IpAddress first, String length, boolean given) {
    int most = first.isV4() ? V4_BITS : ALL_BITS;
    if (!given) {
      return Optional.of(new AddressRange(first, ALL_BITS));
    }
    if (!LENGTH.matcher(length).matches() || Integer.parseInt(length) > most) {
      return Optional.empty();
    }
    return Optional.of(new AddressRange(first, Integer.parseInt(length) + ALL_BITS - most));
  }

  /// Whether the address is in the block.
  public boolean contains(IpAddress address) {
    return masked(address).equals(first);
  }

  private IpAddress masked(IpAddress address) {
    return new IpAddress(address.high() & mask(bits), address.low() & mask(bits - HALF));
  }

  private static long mask(int leading) {
    return leading <= 0 ? 0 : -1L << (HALF - Math.min(leading, HALF));
  }

  /// In CIDR notation.
  @Override
  public String toString() {
    return first.text() + '/' + (first.isV4() ? bits - ALL_BITS + V4_BITS : bits);
  }
}
