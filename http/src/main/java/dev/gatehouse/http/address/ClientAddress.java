package dev.gatehouse.http.address;

/// Where a request came from.
///
/// @param text the address in text form
/// @param network what counts as one client, see [IpAddress#network]
public record ClientAddress(String text, long network) {
  public static ClientAddress of(IpAddress address) {
    return new ClientAddress(address.text(), address.network());
  }
}
