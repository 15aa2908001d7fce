package dev.gatehouse.gateway;

import dev.gatehouse.discovery.FixedInstances;
import dev.gatehouse.discovery.Instance;
import dev.gatehouse.discovery.InstanceWatch;
import dev.gatehouse.discovery.ReadyInstances;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.address.AddressRange;
import dev.gatehouse.http.address.TrustedProxies;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.observation.RequestObserver;
import dev.gatehouse.http.observation.RequestTracer;
import dev.gatehouse.http.tls.CertificateFiles;
import dev.gatehouse.limits.EdgeLimit;
import dev.gatehouse.limits.LimitListener;
import dev.gatehouse.limits.Rate;
import dev.gatehouse.resilience.balancing.BalancerListener;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.resilience.upstream.UpstreamCluster;
import dev.gatehouse.resilience.upstream.UpstreamClusterSettings;
import dev.gatehouse.testkit.RawHttpClient;
import dev.gatehouse.testkit.RawHttpClient.RawResponse;
import dev.gatehouse.testkit.net.ScriptedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// A real gateway on a free port, in front of instances of the test's own.
final class TestGateway implements AutoCloseable {
  static final int HELD_BODY = 16 * 1024;
  private static final Duration PATIENT = Duration.ofSeconds(20);

  final List<String> outcomes = new CopyOnWriteArrayList<>();
  private final EventLoops loops = EventLoops.open(1);
  private final FixedInstances list;
  private final ReadyInstances ready;
  private final Gateway gateway;

  /// The options of a test that differ from the defaults.
  record Options(
      UpstreamClusterSettings cluster,
      Optional<Rate> rate,
      Optional<Path[]> certificate,
      List<AddressRange> proxies,
      Duration requestTimeout,
      UpstreamSettings upstream,
      int maxBody) {
    static Options none() {
      return new Options(
          UpstreamClusterSettings.of(Policy.ROUND_ROBIN),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          PATIENT,
          new UpstreamSettings(64, 64, PATIENT, PATIENT, HELD_BODY),
          HELD_BODY);
    }

    Options cluster(UpstreamClusterSettings wanted) {
      return new Options(wanted, rate, certificate, proxies, requestTimeout, upstream, maxBody);
    }

    Options rate(Rate wanted) {
      return new Options(
          cluster, Optional.of(wanted), certificate, proxies, requestTimeout, upstream, maxBody);
    }

    Options tls(Path chain, Path key) {
      var files = Optional.of(new Path[] {chain, key});
      return new Options(cluster, rate, files, proxies, requestTimeout, upstream, maxBody);
    }

    /// With so much time for a request.
    Options within(Duration time) {
      return new Options(cluster, rate, certificate, proxies, time, upstream, maxBody);
    }

    Options trusting(AddressRange range) {
      return new Options(
          cluster, rate, certificate, List.of(range), requestTimeout, upstream, maxBody);
    }

    Options upstream(UpstreamSettings wanted) {
      return new Options(cluster, rate, certificate, proxies, requestTimeout, wanted, maxBody);
    }

    /// With room for this many KiB of bodies at once.
    Options room(int kibibytes) {
      return new Options(cluster, rate, certificate, proxies, requestTimeout, upstream, kibibytes);
    }
  }

  TestGateway(ScriptedServer... instances) {
    this(Options.none(), instances);
  }

  TestGateway(Options options, ScriptedServer... instances) {
    list =
        new FixedInstances(
            Stream.of(instances).map(it -> Instance.at("127.0.0.1", it.port())).toList());
    InstanceWatch watch = list.watch("");
    ready = ReadyInstances.of(watch, Duration.ofMillis(100), Duration.ofSeconds(1));
    Optional<CertificateFiles> certificate =
        options
            .certificate()
            .map(
                files ->
                    CertificateFiles.open(
                        files[0], files[1], loops, new PeriodicTasks(PeriodicTaskListener.NONE)));
    gateway =
        Gateway.start(
            new Gateway.Parts(
                http(options),
                certificate,
                new TrustedProxies(options.proxies()),
                options
                    .rate()
                    .map(rate -> new EdgeLimit(rate, System::nanoTime, LimitListener.NONE)),
                ready,
                new UpstreamCluster<>(
                    options.cluster(),
                    ThreadLocalRandom.current()::nextInt,
                    System::nanoTime,
                    BalancerListener.NONE,
                    CircuitBreakerListener.NONE),
                options.upstream(),
                RequestObserver.NONE,
                RequestTracer.NONE,
                recording()),
            loops);
  }

  private UpstreamListener recording() {
    return (_, _, _) -> outcome -> outcomes.add(outcome.name());
  }

  private static HttpSettings http(Options options) {
    return new HttpSettings(
        "127.0.0.1",
        0,
        Duration.ofSeconds(10),
        options.requestTimeout(),
        Duration.ofSeconds(60),
        options.maxBody(),
        1000,
        Duration.ofSeconds(5));
  }

  int port() {
    return gateway.port();
  }

  Gateway gateway() {
    return gateway;
  }

  ReadyInstances ready() {
    return ready;
  }

  RawHttpClient connect() throws IOException {
    return new RawHttpClient(gateway.port());
  }

  /// One request on its own connection.
  RawResponse send(String method, String path, String body, String... headers) throws IOException {
    try (var client = connect()) {
      return client.send(request(method, path, body, headers)).read();
    }
  }

  RawResponse get(String path, String... headers) throws IOException {
    return send("GET", path, "", headers);
  }

  static String request(String method, String path, String body, String... headers) {
    var text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: accounts.example\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return text.append("\r\n").append(body).toString();
  }

  @Override
  public void close() {
    gateway.close();
    ready.close();
    list.close();
    loops.close();
  }
}
