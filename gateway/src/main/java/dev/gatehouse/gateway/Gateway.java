package dev.gatehouse.gateway;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.discovery.InstanceWatch;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.address.TrustedProxies;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.observation.RequestObserver;
import dev.gatehouse.http.observation.RequestTracer;
import dev.gatehouse.http.proxy.ProxyServer;
import dev.gatehouse.http.tls.CertificateFiles;
import dev.gatehouse.limits.EdgeLimit;
import dev.gatehouse.resilience.upstream.UpstreamCluster;
import java.util.Optional;

/// A running gateway: follows a list of instances and passes requests on to them. Thread-safe.
public final class Gateway implements AutoCloseable {
  private final ProxyServer server;
  private final InstanceWatch.Subscription following;

  private Gateway(ProxyServer server, InstanceWatch.Subscription following) {
    this.server = server;
    this.following = following;
  }

  /// What a gateway is made of.
  ///
  /// @param http how it listens and what it puts up with
  /// @param certificate with one it speaks TLS and nothing else
  /// @param proxies believed when they say whom they serve
  /// @param limit by address, if there is one
  /// @param instances where requests go; closed by anyone who opened it
  /// @param cluster decides which of them is next
  /// @param upstream how connections to them are used
  /// @param requests learns of every response to a client
  /// @param tracer records requests as spans
  /// @param attempts learns of every attempt at an instance
  public record Parts(
      HttpSettings http,
      Optional<CertificateFiles> certificate,
      TrustedProxies proxies,
      Optional<EdgeLimit> limit,
      InstanceWatch instances,
      UpstreamCluster<Instance> cluster,
      UpstreamSettings upstream,
      RequestObserver requests,
      RequestTracer tracer,
      UpstreamListener attempts) {}

  /// Binds the port and passes requests on.
  ///
  /// @throws dev.gatehouse.errors.Fault when it cannot listen
  public static Gateway start(Parts parts, EventLoops loops) {
    InstanceWatch.Subscription following = parts.instances().subscribe(parts.cluster()::update);
    ProxyServer.Builder building =
        ProxyServer.builder(
                parts.http(),
                vertx ->
                    new ReverseProxy(
                        parts.cluster(),
                        new Upstreams(vertx, parts.upstream()),
                        parts.limit(),
                        parts.upstream().bufferedBody(),
                        parts.attempts()))
            .trustedProxies(parts.proxies())
            .observer(parts.requests())
            .tracer(parts.tracer());
    parts.certificate().ifPresent(files -> building.tls(files));
    try {
      return new Gateway(building.start(loops), following);
    } catch (RuntimeException cannotListen) {
      following.close();
      throw cannotListen;
    }
  }

  /// The port it listens on.
  public int port() {
    return server.port();
  }

  /// The number of clients' open connections.
  public int activeConnections() {
    return server.activeConnections();
  }

  /// Closes when the requests in flight have ended; see [ProxyServer#drain].
  @Override
  public void close() {
    server.close();
    following.close();
  }
}
