package dev.gatehouse.http.internal;

import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.address.ClientAddress;
import dev.gatehouse.http.address.IpAddress;
import dev.gatehouse.http.address.TrustedProxies;
import io.vertx.core.MultiMap;

/// Says where a request came from: the other end of the socket, or whom that names when it is a
/// proxy we trust. Headers from anybody else are not believed.
final class ClientAddresses {
  private final TrustedProxies proxies;

  ClientAddresses(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  ClientAddress of(MultiMap headers, Connection connection) {
    IpAddress peer = connection.peer();
    if (!proxies.contains(peer)) {
      return connection.peerAddress();
    }
    IpAddress client =
        proxies.client(
            peer,
            headers.getAll(HeaderNames.X_FORWARDED_FOR),
            headers.getAll(HeaderNames.FORWARDED));
    return client.equals(peer) ? connection.peerAddress() : ClientAddress.of(client);
  }
}
