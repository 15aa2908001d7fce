package dev.gatehouse.http.address;

import java.util.List;
import java.util.Optional;

/// The proxies whose word about their clients is believed. A request's headers are written by
/// anyone who sent it; only the last entry, made by the proxy that is connected to us, is that
/// proxy's own, and the one before it is worth as much as the proxy it names. Immutable and
/// thread-safe.
public final class TrustedProxies {
  /// No one is believed.
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  /// More proxies in a row than this are no one's set-up.
  private static final int MAX_HOPS = 32;

  private final List<AddressRange> ranges;

  public TrustedProxies(List<AddressRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /// Whether this address is a proxy's.
  public boolean contains(IpAddress address) {
    for (AddressRange range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /// The client: going from the nearest hop outwards, the first that is no trusted proxy. Where a
  /// proxy does not say whom it served, the proxy itself. `X-Forwarded-For` goes before
  /// `Forwarded`, since a proxy that writes the former passes the latter on as the client sent it.
  ///
  /// @param peer the other end of the socket
  /// @param forwardedFor the lines of `X-Forwarded-For`, in their order
  /// @param forwarded the lines of `Forwarded` (RFC 7239), in their order
  public IpAddress client(IpAddress peer, List<String> forwardedFor, List<String> forwarded) {
    if (!contains(peer)) {
      return peer;
    }
    return forwardedFor.isEmpty()
        ? client(peer, forwarded, ForwardedHops::client)
        : client(peer, forwardedFor, ForwardedHops::node);
  }

  private interface Reader {
    Optional<IpAddress> read(String entry);
  }

  private IpAddress client(IpAddress peer, List<String> lines, Reader reader) {
    IpAddress client = peer;
    var entries = new ForwardedHops(lines);
    for (int hop = 0; hop < MAX_HOPS && contains(client); hop++) {
      Optional<IpAddress> next = entries.previous().flatMap(reader::read);
      if (next.isEmpty()) {
        return client;
      }
      client = next.get();
    }
    return client;
  }
}
