package dev.gatehouse.http;

import io.vertx.core.http.HttpServerRequest;

/// Says where a request came from: the other end of the socket. Headers are not believed.
final class ClientAddresses {
  String of(HttpServerRequest request) {
    var remote = request.remoteAddress();
    return remote == null || remote.hostAddress() == null ? "unknown" : remote.hostAddress();
  }
}
