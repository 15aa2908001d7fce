package dev.gatehouse.gateway;

import dev.gatehouse.discovery.Instance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import java.util.HashMap;
import java.util.Map;

/// The connections of one event loop to all instances.
final class Upstreams {
  private static final int MAX_HEAD = 32 * 1024;
  private static final int MOST_REMEMBERED = 1024;

  private final Map<Instance, SocketAddress> addresses = new HashMap<>();
  private final HttpClient client;

  Upstreams(Vertx vertx, UpstreamSettings settings) {
    var options =
        new HttpClientOptions()
            .setConnectTimeout((int) settings.connectTimeout().toMillis())
            .setKeepAlive(true)
            .setKeepAliveTimeout((int) settings.keepAlive().toSeconds())
            .setPipelining(false)
            .setTcpNoDelay(true)
            .setMaxHeaderSize(MAX_HEAD)
            .setMaxInitialLineLength(MAX_HEAD)
            .setTracingPolicy(TracingPolicy.IGNORE);
    var pool =
        new PoolOptions()
            .setHttp1MaxSize(settings.connections())
            .setMaxWaitQueueSize(settings.waiting());
    client = vertx.createHttpClient(options, pool);
  }

  /// A request on its own connection. While this fails nothing has been sent.
  Future<HttpClientRequest> request(Instance instance, HttpMethod method, String uri) {
    return client.request(
        new RequestOptions().setServer(address(instance)).setMethod(method).setURI(uri));
  }

  private SocketAddress address(Instance instance) {
    if (addresses.size() > MOST_REMEMBERED) {
      addresses.clear();
    }
    return addresses.computeIfAbsent(
        instance, it -> SocketAddress.inetSocketAddress(it.port(), it.host()));
  }
}
