package dev.gatehouse.http;

import dev.gatehouse.http.address.IpAddress;

/// Where a request came from.
///
/// @param text the address in text form
/// @param network what counts as one client, see [IpAddress#network]
record ClientAddress(String text, long network) {
  static ClientAddress of(IpAddress address) {
    return new ClientAddress(address.text(), address.network());
  }
}
